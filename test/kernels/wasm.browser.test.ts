import { describeWasm } from './describeWasm';

describeWasm();

import { describeBatchMatMul } from './describeBatchMatMul';

describeBatchMatMul();

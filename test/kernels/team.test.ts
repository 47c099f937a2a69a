import { describeTeam } from './describeTeam';

describeTeam();

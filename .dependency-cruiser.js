/** Who may import whom. The compute leg (worker, no React) and the screen leg (React, no tfjs) meet in data only. */

/** Folders of `src/` and the folders that each may import besides itself; all may import `util`. */
const zones = {
  methods: ['kernels'],
  config: ['methods'],
  protocol: ['config', 'methods'],
  data: ['config'],
  tasks: ['data', 'config'],
  augment: ['tasks', 'data', 'config'],
  kernels: [],
  model: ['kernels', 'config'],
  optim: ['kernels'],
  train: ['augment', 'tasks', 'data', 'model', 'optim', 'kernels', 'config', 'methods'],
  interop: ['model', 'storage', 'config'],
  storage: ['config', 'methods'],
  bench: ['train', 'model', 'optim', 'kernels', 'data', 'config', 'methods'],
  worker: ['bench', 'train', 'interop', 'storage', 'augment', 'tasks', 'data', 'protocol', 'config'],
  store: ['bench', 'protocol', 'config', 'methods', 'storage', 'statistics'],
  i18n: ['config', 'methods'],
  ui: ['store', 'i18n', 'config', 'methods', 'protocol', 'data', 'statistics'],
  cli: [
    'train',
    'protocol',
    'model',
    'augment',
    'tasks',
    'data',
    'interop',
    'config',
    'methods',
    'i18n',
    'statistics',
  ],
  statistics: [],
  util: [],
};

const folders = Object.keys(zones);
const withTfjs = ['methods', 'kernels', 'model', 'optim', 'train', 'interop', 'bench', 'worker', 'cli'];
const withReact = ['store', 'i18n', 'ui'];
const path = (names) => `^src/(${names.join('|')})/`;
const others = (names) => folders.filter((folder) => !names.includes(folder));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...folders.map((folder) => ({
      name: `zone-${folder}`,
      severity: 'error',
      comment: `${folder}/ may import ${zones[folder].join(', ') || 'no other folder'}`,
      from: { path: path([folder]) },
      to: { path: '^(src|test|tools)/', pathNot: path([folder, 'util', ...zones[folder]]) },
    })),
    {
      name: 'zone-unknown',
      severity: 'error',
      comment: 'every module of src/ lives in a folder of the table above',
      from: { path: '^src/', pathNot: path(folders) },
      to: {},
    },
    {
      name: 'protocol-is-types-for-the-screen',
      severity: 'error',
      comment: "ui/ reads the protocol's types; the store speaks to the worker",
      from: { path: '^src/ui/' },
      to: { path: '^src/protocol/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tfjs-on-the-screen',
      severity: 'error',
      comment: 'tfjs stays in the worker, or the page loads megabytes before it shows',
      from: { path: path(others(withTfjs)) },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'methods-know-tensors-by-type',
      severity: 'error',
      comment: 'the screen reads the records of methods too; what they compute with is handed to them',
      from: { path: '^src/methods/' },
      to: { path: '(^src/kernels/|@tensorflow/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-short-run-on-the-screen',
      severity: 'error',
      comment: 'these modules of the benchmark leave its engines, and tfjs with them, to their workers',
      from: { path: '^src/store/' },
      to: { path: '^src/bench/', pathNot: '^src/bench/(shortRun|entry)\\.ts$' },
    },
    {
      name: 'no-react-in-the-worker',
      severity: 'error',
      from: { path: path(others(withReact)) },
      to: { path: '(^|/)node_modules/(react|react-dom|react-i18next|recharts|zustand|@mantine)/' },
    },
    {
      name: 'zod-without-eval',
      severity: 'error',
      comment:
        "schemas come from config/zod.ts, which keeps them from compiling to code: the page's policy forbids that",
      from: { path: '^src/', pathNot: '^src/config/zod\\.ts$' },
      to: { path: '(^|node_modules/)zod(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-package',
      severity: 'error',
      comment: 'what the page or the command needs belongs in "dependencies"',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'orphan',
      severity: 'warn',
      comment: 'nothing imports this module and it imports nothing: is it still needed?',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count too: a type imported across zones couples them just as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

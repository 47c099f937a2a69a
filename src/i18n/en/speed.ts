/** The view that measures the engine beside others on the visitor's machine. */
export const speed = {
  title: 'How fast is this?',
  lede: 'Times the same training step on this machine, on {{backend}}, in three engines that take turns: Stillroom’s own, plain TensorFlow.js and jax-js. Training pauses meanwhile and stays paused; the measurement takes about {{seconds}} seconds.',
  onlyOnCpu:
    'There is nothing to compare here: this page computes in plain JavaScript, and the engines are compared on WebGPU and on WASM. Open the page in a recent browser, without “backend” in its address, and measure there.',
  opening: 'The experiment is still being opened.',
  start: 'Measure',
  again: 'Measure again',
  stop: 'Stop',
  stopped: 'Stopped. No new figures were taken.',
  engine: { stillroom: 'Stillroom', tfjs: 'plain TensorFlow.js', 'jax-js': 'jax-js' },
  stage: {
    pausing: 'Pausing the training …',
    starting: 'Starting {{engine}} …',
    first: 'First step of {{engine}} …',
    steps: 'Steps in turns, each with a wait for its loss …',
    blocks: 'Ten steps in a row, in turns …',
  },
  verdict: {
    compared: 'On this machine a step takes {{time}} here, {{parts}}; {{losses}}.',
    faster: '{{times}}\u00a0times as fast as {{engine}}',
    slower: '{{times}}\u00a0times as slow as {{engine}}',
    same: 'as fast as {{engine}}',
    agree_one: 'both agree on the loss',
    agree_other: 'all three agree on the loss',
    differ: 'but the losses differ, so that this compares different trainings',
    alone: 'On this machine a step takes {{time}} here. There is nothing to compare it with.',
    withoutOurs: 'Stillroom’s engine could not be measured on this machine; the figures are the others’.',
    nothing: 'No engine could be measured on this machine.',
  },
  losses: 'Losses at the first, the second and the last step: {{list}}.',
  lossesOf: '{{engine}} ({{values, list(type: unit)}})',
  hidden:
    'The page was out of sight for a while, and browsers slow such pages down. Measure again and keep it in sight.',
  software: 'WebGPU is emulated on the processor here: dispatches are as on a GPU, times are not.',
  caption: 'What a step costs in each engine',
  none: 'none',
  step: 'Time of a step',
  stepMeaning: 'From handing a step over until its loss is there. The median of up to 20 steps.',
  pipelined: 'Ten in a row',
  pipelinedMeaning:
    'Time per step where ten follow each other and nothing waits for a loss in between, as when the page trains. The median of up to five such rows; none for an engine too slow for that.',
  tokens: 'Tokens per second',
  tokensMeaning: 'The {{tokens}} tokens of a step over the shorter of the two times above.',
  first: 'First step',
  firstMeaning:
    'From weights in memory to the first loss: sending them, compiling programs, and the step itself.',
  dispatches: 'Dispatches',
  dispatchesMeaning:
    'Programs that the GPU is told to run in one step. Each costs time of its own, however little it computes.',
  encode: 'JavaScript time',
  encodeMeaning: 'Time that JavaScript takes to hand one step over to the GPU.',
  threads: 'Threads',
  threadsMeaning: 'Threads of the processor that the engine computes on.',
  loss: 'Loss',
  lossMeaning:
    'Of the second step. All start from the same weights and read the same batches, so that losses must agree: the benchmark allows a thousandth.',
  machine: {
    webgpu: 'WebGPU on {{adapter}}.',
    wasm_one: 'WASM on {{count}} logical processor.',
    wasm_other: 'WASM on {{count}} logical processors.',
  },
  workload:
    'One step: {{batch}} sequences of {{length}} tokens, a teacher of {{teacherLayers}} layers {{teacherWidth}} wide, a student of {{studentLayers}} layers {{studentWidth}} wide, {{vocabulary}} words; both forward passes, four losses, gradients and Adam.',
  copy: 'Copy as text',
  copied: 'Copied',
  copyByHand: 'The browser does not let the page copy. Select this and copy it by hand:',
} as const;

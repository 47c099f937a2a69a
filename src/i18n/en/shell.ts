export const shell = {
  name: 'Stillroom',
  tagline: 'A small language model learns from a larger one, before your eyes.',
  skip: 'Skip to the experiment',
  experimentButton: 'Experiment',
  preset: {
    choose: 'Preset',
    label: 'Preset: {{name}}',
    changed: '{{name}}, changed',
    own: 'Own experiment',
    distilbert: {
      name: 'DistilBERT beside its twin',
      lede: 'A small language model learns from a larger one, its twin from the text alone. What is the teacher worth? Compare the words right.',
    },
    tiny: {
      name: 'DistilBERT beside its twin, tiny',
      lede: 'A small model learns from a larger one, its twin from the text alone. Small enough to take seconds without a GPU: compare how many words each gets right.',
    },
    ablation: {
      name: 'Which loss matters?',
      lede: 'Each student lacks one loss, the last one its copied start: see who falls behind in KL to the teacher.',
    },
    conventions: {
      name: 'Five forms of one loss',
      lede: 'KL, cross-entropy, no T², masked words alone, a sharper teacher: see which students end alike, and who lags.',
    },
    jsd: {
      name: 'Cover or pick?',
      lede: 'From KL (β = 0: cover all that the teacher finds possible) to reverse KL (β = 1: pick one): compare the bars of one sentence.',
    },
    temperature: {
      name: 'A temperature sweep',
      lede: 'Which T teaches best? Four students that differ in T alone: compare their KL to the teacher at T = 1.',
    },
    hinton: {
      name: 'T to its limit',
      lede: 'T = 1, 4 and 16 beside raw logits, which softened targets come to as T grows: see how near the last two are.',
    },
    logits: {
      name: 'Logits or probabilities?',
      lede: 'One student matches the teacher’s raw logits, one its softened probabilities: compare KL at T = 1, and words right.',
    },
    'pseudo-labels': {
      name: 'Does softness matter?',
      lede: 'One student takes the teacher’s first guess for the truth, one learns all its probabilities: compare KL, and words right.',
    },
    shuffled: {
      name: 'Is it dark knowledge?',
      lede: 'Dark knowledge is what a teacher knows of wrong answers. One student gets it shuffled: what it lacks in the end was in there.',
    },
    'dark-knowledge': {
      name: 'Which part teaches?',
      lede: 'Each student’s targets lack a part: words shuffled, labels smoothed, the right word alone, ten words alone. Whose KL stays low?',
    },
    omitted: {
      name: 'A word that was never there',
      lede: '“said” never occurs in what students train on. Can soft targets teach it all the same? Compare ln p of the word in the scoreboard: taught, taught the right words alone, and without a teacher.',
    },
    dkd: {
      name: 'Right word or the others?',
      lede: 'Decoupled distillation: what the teacher says of the right word, of the others among themselves, and both: compare words right.',
    },
    standardised: {
      name: 'Shape or scale?',
      lede: 'Logits brought to one scale first, beside logits as they are: words right need the shape alone, KL needs the scale too.',
    },
    tinybert: {
      name: 'TinyBERT, layer by layer',
      lede: 'What are layer losses worth to a student of half the width? All losses or predictions alone, begun as a part of the teacher or at random: compare KL.',
    },
    'tinybert-sizes': {
      name: 'TinyBERT’s two sizes',
      lede: 'What does size buy? Students in the proportions of TinyBERT₄ and TinyBERT₆: compare KL, and the cost in the scoreboard.',
    },
    mapping: {
      name: 'Which layers teach?',
      lede: 'The teacher’s layers spread evenly, its last, its first, or others in each epoch: compare KL, and the attention maps.',
    },
    pkd: {
      name: 'Patient: [CLS] layer by layer',
      lede: 'Does the state of [CLS] teach more? It carries little where words are asked: compare the student without it.',
    },
    minilm: {
      name: 'MiniLM: the last layer alone',
      lede: 'A narrow student learns how attention spreads and how values relate in one layer: compare KL with predictions alone.',
    },
    minilmv2: {
      name: 'MiniLMv2: other widths, other heads',
      lede: 'Two heads learn from four, by relations that need no pairs: compare KL with predictions alone.',
    },
    annealing: {
      name: 'T by a plan',
      lede: 'Targets grow in ten steps, then hard labels alone: watch Φ below the losses, and words right beside fixed targets.',
    },
    ctkd: {
      name: 'T that is learned',
      lede: 'T is learned to be hard for the student: watch it below the losses, and compare KL with that of a fixed T = 4.',
    },
    teachers: {
      name: 'What does a teacher know?',
      lede: 'The teacher, one with random weights, and the mean of both. KL is to the first: see whether a teacher that knows nothing is worse than none.',
    },
    assistant: {
      name: 'A teacher of middle size',
      lede: 'Is the teacher too far ahead of a narrow student? One learns from it, one from an assistant between the two: compare KL to the teacher and words right; the assistant’s own are in the scoreboard.',
    },
    early: {
      name: 'A teacher stopped early',
      lede: 'Does one who knows less teach better? Students of the finished teacher, of an early one, and of both: compare words right, and the early one’s own in the scoreboard.',
    },
    mutual: {
      name: 'Students that teach each other',
      lede: 'Two students learn from the text and from each other, without the teacher; beside each the same one alone.',
    },
    'born-again': {
      name: 'Born again',
      lede: 'A student as large as its teacher, from random weights: what soft targets are worth where nothing gets smaller.',
    },
    theseus: {
      name: 'BERT-of-Theseus',
      lede: 'Layers take the teacher’s places at random, and only the text is learned: watch the chance p, and the twin from the same start.',
    },
    'tinybert-task': {
      name: 'TinyBERT, on text and on a task',
      lede: 'Layer losses on text, layer losses on the task’s rows and variants of them, then the teacher’s predictions: compare rows right with the same student on words and labels alone, from the same start and from random weights.',
    },
    'distilbert-task': {
      name: 'DistilBERT, then a task',
      lede: 'Distilled on text, then fine-tuned: is a teacher of the task worth anything on top? Compare rows right, with and without it, and with a twin that never had a teacher.',
    },
    'fine-tune': {
      name: 'Fine-tuned, or from scratch?',
      lede: 'The task alone, from copied layers and from random weights, each without a teacher and with one: which is worth more, the start or the teacher?',
    },
  },
  /** The questions that presets answer. */
  presetGroup: {
    worth: 'What is a teacher worth?',
    losses: 'Which loss, and in which form?',
    temperature: 'What does T do?',
    knowledge: 'Where is the knowledge?',
    layers: 'Are layers to be compared too?',
    shapes: 'What if widths and heads differ?',
    moving: 'Should T move?',
    noLoss: 'Can it do without a distillation loss?',
    who: 'Who teaches best?',
    tasks: 'What is it worth for a task?',
  },
  kept: 'Kept here',
  softmaxLab: 'Softmax lab',
  tokenizer: 'Tokenizer',
  share: 'Share',
  shareLede:
    'This link opens the same experiment, with the same seed. Your own texts and teachers stay in this browser.',
  shareLedeOwn:
    'This link opens the same experiment, with the same seed. What is only in this browser, your own text or teacher, is not in it: whoever opens it is asked for theirs.',
  shareLink: 'Link to this experiment',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Select it and copy it by hand',
  theme: {
    auto: 'Theme: as the system. Change to light',
    light: 'Theme: light. Change to dark',
    dark: 'Theme: dark. Change to as the system',
  },
  transport: {
    label: 'Transport',
    reset: 'Reset',
    resetHint: 'Back to step 0 with the same seed',
    play: 'Play',
    playHint: 'Key: Space',
    pause: 'Pause',
    step: 'Step',
    stepHint: 'One update, then pause. Keys: S or full stop',
    finishedHint: 'All steps are done. Reset starts again; Training sets the number of steps.',
    speed: 'Speed',
    slow: '1 step/s',
    medium: '5 steps/s',
    fast: 'full speed',
    progress: 'Steps done',
    stage: 'Stage {{number}} of {{of}}',
    stages: '{{place}}, {{name}}: all stages',
    stagesTitle: 'Stages of this run',
    status: 'Step {{step}} of {{steps}}',
    rate_one: '{{rate}} step/s',
    rate_other: '{{rate}} steps/s',
    finished: 'finished',
    starting: 'starting',
    preparing: 'preparing the GPU: {{done}} of {{of}} programs',
    failed: 'stopped',
    longStep: {
      about: 'about {{of}} s a step',
      each: '{{of}} s a step',
      of: '{{elapsed}} s of about {{of}} s',
      over: '{{elapsed}} s, longer than the {{of}} s expected',
      since: '{{elapsed}} s in this step',
    },
  },
  timeline: {
    label: 'Timeline of the run: look back at what was recorded',
    live: 'Live',
    liveMeaning:
      'You see the run as it is now. Drag the bar below, or move along it with the arrow keys, to look back at what was recorded on the way.',
    past: 'Past, step {{step}}',
    pastMeaning:
      'You see what the models said at this step, as it was recorded: predictions, attention and figures. A line marks it in the charts. Training goes on, or rests, as it was. The notches in the bar are states that are kept: a fork begins there at once.',
    pastStep: 'Step {{step}}, in the past',
    liveStep: 'Live, step {{step}}',
    replay: 'Play back',
    rest: 'Stop playing back',
    speed: 'Speed of playing back',
    speedMeaning: '1× shows four recorded steps a second.',
    times: '{{times}}×',
    backToLive: 'Back to live',
    notThePast:
      'This shows the run as it is now, at step {{now}}. The page behind it stays in the past, at step {{past}}.',
    fork: 'Fork here…',
    forkMeaning:
      'What would have happened if? A copy of a student goes its own way from step {{step}} on, with one thing changed.',
    forkFull: 'There are as many students as there can be. Take one away under Experiment, then fork.',
  },
  say: {
    ask: 'Say where the run stands (key: I)',
    notReady: 'The experiment is being opened.',
    ready: 'Ready, at step {{step}} of {{steps}}.',
    started: 'Training starts: {{steps}} steps.',
    goesOn: 'Training goes on from step {{step}}.',
    paused: 'Paused at step {{step}} of {{steps}}.',
    stepped: 'Step {{step}} of {{steps}} is done.',
    finished: 'Finished: all {{steps}} steps are done.',
    stage: 'Stage {{number}} of {{of}} begins: {{name}}.',
    past: 'Showing step {{step}}, in the past.',
    live: 'Showing the run as it is now, at step {{step}}.',
    inStage: 'Stage {{number}} of {{of}}: {{name}}.',
    rowsRight: '{{model}}: {{share}} of the rows right at step {{step}}.',
    rowsRightAndKl: '{{model}}: {{share}} of the rows right at step {{step}}, KL to the teacher {{kl}}.',
    at: 'Training, at step {{step}} of {{steps}}.',
    rate: '{{rate}} steps a second.',
    loss: '{{model}}: loss {{loss}}.',
    right: '{{model}}: {{share}} of the masked words right at step {{step}}.',
    rightAndKl: '{{model}}: {{share}} of the masked words right at step {{step}}, KL to the teacher {{kl}}.',
  },
  backend: {
    webgpu: 'WebGPU',
    wasm: 'WASM',
    cpu: 'CPU',
    title: 'This page trains on {{backend}}',
    reason: {
      adapter: 'A GPU was found, and it does the computing.',
      forced:
        'The address of the page asks for it (?\u2060backend=). Without that, the page chooses the fastest.',
      noWebgpu: 'This browser has no WebGPU, so the processor does the computing.',
      noAdapter: 'This browser has WebGPU but offers no GPU, so the processor does the computing.',
      softwareAdapter:
        'The only GPU here is emulated in software, which is slower than the processor itself.',
      noWasm: 'Neither a GPU nor WebAssembly is available: plain JavaScript does the computing.',
      wasmDownloadFailed:
        'The files for WebAssembly did not arrive, so that plain JavaScript does the computing. Press Reset or open a preset, and they are asked for again.',
      gpuLost: 'The GPU was lost and did not come back, so the processor does the computing.',
      webgpuFailed: 'WebGPU was found but did not start, so the processor does the computing.',
    },
    adapter: 'GPU: {{adapter}}',
    threads_one: 'It computes on one thread.',
    threads_other: 'It computes on {{count}} threads.',
    oneThread:
      'It computes on one thread. For more, the server of this page must send two headers: Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
    noThreads:
      'It computes on one thread: others did not start. Where you host this page yourself, see docs/hosting.md.',
    software: 'WebGPU is emulated on the processor: expect it to be slow.',
    speed: {
      webgpu: 'Every preset runs at a good pace.',
      wasm: 'Same results, fewer steps per second. The tiny preset keeps it lively.',
      cpu: 'Same results, but slow. Use the tiny preset, few arms and Step.',
    },
    useTiny: 'Open the tiny preset',
    moreSpeed: 'For more speed: a recent Chrome, Edge or Safari, with hardware acceleration turned on.',
  },
  temperature: {
    label: 'Temperature',
    value: 'T = {{value}}',
    symbol:
      'Temperature: divides all logits alike before the softmax. T > 1 softens a distribution, T < 1 sharpens it.',
    logits: 'Logits: the raw scores of a model, one for each word of the vocabulary',
    view: 'View',
    viewMeaning:
      'The T at which this page draws distributions: the large handle. It changes the drawing at once, and nothing in the run.',
    train: 'Train',
    trained: 'Trained',
    trainMeaning:
      'The T of the soft targets that students learn from: the mark under the scale. It acts on the next step of training.',
    viewAt: 'View at T',
    trainAt: 'Train at T',
    trainMark: '{{models}}: trains at T = {{value}}',
    trainedMark: '{{models}}: trained at T = {{value}}',
    viewAgain: 'view at {{value}} again',
    trainToo: 'train at {{value}} too',
    noStudent: 'no student at any T',
    learned: 'Learned at each T?',
    toGo_one: '{{count}} run to go in the background',
    toGo_other: '{{count}} runs to go in the background',
    say: {
      together: 'View and training share one T. The large handle moves the view alone.',
      viewApart_one:
        'You look at the same logits at T\u00a0=\u00a0{{view}}; the student still trains at T\u00a0=\u00a0{{train}}.',
      viewApart_other:
        'You look at the same logits at T\u00a0=\u00a0{{view}}; the students still train at T\u00a0=\u00a0{{train}}.',
      trainTogether_one:
        'From the next step on the student trains at T\u00a0=\u00a0{{train}}, and you look at that.',
      trainTogether_other:
        'From the next step on the students train at T\u00a0=\u00a0{{train}}, and you look at that.',
      trainApart_one:
        'From the next step on the student trains at T\u00a0=\u00a0{{train}}; you still look at T\u00a0=\u00a0{{view}}.',
      trainApart_other:
        'From the next step on the students train at T\u00a0=\u00a0{{train}}; you still look at T\u00a0=\u00a0{{view}}.',
      each: 'Each student trains at its own T, as the marks say. You look at all of them at T\u00a0=\u00a0{{view}}.',
      noTeacher: 'No student here learns targets softened at T: it changes only what you look at.',
      finished: 'The run is over and keeps the T that it was trained at. You can look at it at any T.',
      finishedEach: 'The run is over: the marks say who was trained at which T. You can look at it at any T.',
    },
    live: {
      softens:
        'Softened: {{model}} gives <0>{{token}}</0> {{plain}} at T\u00a0=\u00a01 and {{soft}} at T\u00a0=\u00a0{{temperature}}.',
      sharpens:
        'Sharpened: {{model}} gives <0>{{token}}</0> {{plain}} at T\u00a0=\u00a01 and {{soft}} at T\u00a0=\u00a0{{temperature}}.',
      plain: 'At T\u00a0=\u00a01, as models are used, {{model}} gives <0>{{token}}</0> {{plain}}.',
      teacher: 'the teacher',
    },
    waiting: 'The figures appear when the models have read the sentence.',
  },
  opening: {
    backend: 'Starting the engine',
    text: 'Reading the text',
    tokenizer: 'Cutting the text into tokens',
    teacher: 'Loading the teacher',
    students: 'Making the students',
    redoing: 'Doing the last steps again',
    tuning: 'Tuning the teacher on the task',
    augmentation: 'Varying the sentences',
    measuring: 'Measuring what this stage has come to',
    of: '{{done}} of {{total}}',
    loss: 'loss {{loss}}',
  },
  failure: {
    heading: 'The experiment could not be opened',
    anyBackend: 'Open it on what this browser has',
    default: 'Open the default preset',
    tiny: 'Open the tiny preset',
    addText: 'Add the text…',
    addRows: 'Add the rows…',
    bundledTeacher: 'Use a bundled teacher',
  },
  notices: 'Messages',
  dismiss: 'Dismiss this message',
  dialogFailed: {
    title: 'This did not open',
    text: 'The run goes on. See that you are online, and try again.',
  },
  panelFailed: {
    title: 'This panel stopped',
    text: 'The run goes on. Try again; if it stops once more, reload the page: the run is kept.',
  },
} as const;

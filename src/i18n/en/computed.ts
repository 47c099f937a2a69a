/** "What is exactly computed": every formula, and each difference from the programs of the papers. */
export const computed = {
  lede: 'The formulas as this page computes them, each with its paper, and where it parts from the programs that the papers came with. Open a line to read it.',
  general: 'What all methods share',
  methods: 'Methods',
  beside: 'Used beside {{terms, list}}.',
  usesAlone:
    'It has no loss of its own: it is {{terms, list}} with other weights or another way of running layers.',
  choice: '{{choice}}: {{options}}.',
  differences: 'Differences',
  there: 'There',
  here: 'Here',
  why: 'Why',
  checked:
    'Losses, their gradients for every parameter, and whole updates are held to PyTorch’s in double precision, in batches with much padding; the largest errors are below 0.01 % of the largest value.',

  softened: {
    title: 'Softened distributions',
    text: 'z are the logits of one token, one for each word v. T = 1 leaves them as they are; a larger T lifts the unlikely words.',
  },
  total: {
    title: 'The objective',
    text: 'Each λ is a weight under Objective. A term without a weight is not computed. Accumulated batches give the mean of their gradients.',
  },
  update: {
    title: 'An update',
    text: 'g is the gradient of L, scaled down to the clipping norm where its own norm over all parameters is larger. m̂ and v̂ are running means of g and g², corrected for their start at 0, with β₁ = {{beta1}}, β₂ = {{beta2}}, ε = {{epsilon}}. η rises from 0 over the warm-up and falls to 0 in a straight line; w is the weight decay. A parameter that no term reaches stays as it is.',
  },
  masks: {
    title: 'Masks',
    text: 'Of n tokens in a batch, [CLS] and [SEP] among them, ⌈p·n⌉ words are drawn anew at each step. 80 % of them become [MASK], 10 % stay, 10 % become another word.',
  },
  heldOut: {
    title: 'Held-out figures',
    text: 'On text that no student learns from. All selected words become [MASK], the same ones for every run with the same p and length, {{sequences}} sequences at a time. Words right and agreement compare first guesses; KL to the teacher is at T = 1 over the masked words. The losses are means over the whole text, as above.',
  },

  rows: {
    padEmbedding: {
      title: 'The embedding of [PAD]',
      there:
        'Looking it up gives it no gradient (padding_idx = 0). Position and token-type embeddings do take the gradient of padding.',
      here: 'The same.',
      why: 'Otherwise L_attn and L_hidn would train it, and through the clipping norm every other weight.',
    },
    padding: {
      title: 'Padding in the layer losses',
      there:
        'TinyBERT’s code counts padded positions in L_hidn, and padded queries in L_attn. The paper is silent.',
      here: 'The same, unless it is left out under Objective.',
      why: 'So that values compare with its code. Mind that a batch with more padding has other values; rows that only fill up a last held-out batch never count.',
    },
    genuineScores: {
      title: 'Scores of −100 and less',
      there: 'TinyBERT’s code sets every such score to 0, as the mark of padding, on both sides.',
      here: 'Only where the key is padding.',
      why: 'A large negative score between two words is an answer. In models of usual size there is none.',
    },
    prediction: {
      title: 'TinyBERT’s prediction loss',
      there:
        'Cross-entropy with the softened teacher, averaged over classes too, without T², in a second stage after the layer losses.',
      here: 'L_pred: the same without the mean over classes, which is a choice, and at the same time as the layer losses.',
      why: 'So that the students of one run show what each group of losses is worth. The gradient is that of KL.',
    },
    projection: {
      title: 'The projection',
      there:
        'The paper has a matrix W_e for the embeddings and another, W_h; the code has one linear layer with a bias for all.',
      here: 'As the code, embeddings with it; one per level, as in the paper, is a choice.',
      why: 'The results that the paper reports came from the code.',
    },
    divergenceEnds: {
      title: 'The divergence between its ends',
      there: 'It goes to 0 as β goes to 0 or 1, and at 0 and 1 themselves it jumps to the KL divergences.',
      here: 'Divided by β (1 − β), which leads to them without a jump; as published is a choice.',
      why: 'So that β can be moved, and what changes is the direction and not the size.',
    },
    annealingSum: {
      title: 'The size of L_ann',
      there: 'A mean over the words of the vocabulary.',
      here: 'A sum over them, as in L_mse, with a small weight.',
      why: 'One convention for all squared distances of logits.',
    },
    patience: {
      title: 'The states that L_PT compares',
      there: 'The paper brings them to length 1; its program does so only where asked.',
      here: 'Length 1; as they are is a choice.',
      why: 'The loss is then the same for wide and narrow states.',
    },
    shares: {
      title: 'Schedules in epochs and steps',
      there:
        'CTKD’s reversal grows over 10 epochs, BERT-of-Theseus counts steps, annealing has its levels in epochs.',
      here: 'Each takes a share of the run, under Objective.',
      why: 'A run here may be a few passes over a small text, and should show the whole of a schedule.',
    },
    reversal: {
      title: 'The optimiser of a learned T',
      there: 'CTKD trains T with SGD, whose step is as large as the gradient: it grows with λ.',
      here: 'AdamW, as for all else: T moves by about a learning rate a step, in the direction of the reversed gradient, however small λ is.',
      why: 'One optimiser for all that is trained. λ tells here which way T goes more than how far.',
    },
    dropout: {
      title: 'Dropout',
      there: '0.1 in the student while it trains. TinyBERT’s code leaves it on in the teacher too.',
      here: 'None.',
      why: 'The run is then a function of its settings and its seed, on every backend, and a few hundred steps on a small model are far from overfitting.',
    },
    optimiser: {
      title: 'TinyBERT’s optimiser',
      there:
        'BertAdam: β₂ = 0.999, weight decay 0.01, no correction of the moments, each tensor clipped to norm 1 by itself.',
      here: 'DistilBERT’s AdamW for all arms: the numbers above, no decay at first, one norm over all parameters.',
      why: 'Arms differ in what they learn, not in how they are optimised.',
    },
    decay: {
      title: 'What weight decay spares',
      there:
        'Biases and whatever is called LayerNorm.weight. DistilBERT’s own layers call theirs sa_layer_norm and output_layer_norm, and so decay them.',
      here: 'All biases and all LayerNorms.',
      why: 'That is what the rule means. The weight decay is 0 at first, there and here.',
    },
    copied: {
      title: 'Which layers are copied',
      there: 'DistilBERT’s script takes layers 1, 3, 5, 8, 10 and 12 of 12.',
      here: 'g(m) = m·N/M of N layers for M, halves rounded up: 2, 4, … of twice as many; of 5 for 2, the third and the fifth. Each can be changed under Student.',
      why: 'One rule for copying and for comparing, which ends in the teacher’s last layer.',
    },
    uniform: {
      title: 'The uniform mapping',
      there: 'TinyBERT’s code divides N by M and takes for granted that nothing is left.',
      here: 'The button rests where M does not divide N. What layers are compared with at first is rounded as above.',
      why: 'A mapping that is rounded is no longer uniform, and should not be called so.',
    },
    positions: {
      title: 'Position embeddings',
      there:
        'DistilBERT’s recipe copies them and leaves them as they are (--freeze_pos_embs). Token types are dropped.',
      here: 'Copied and trained. Token types are dropped too, unless the student is given them.',
      why: 'Students that start from random weights must learn theirs, and arms should differ in one thing.',
    },
    replacements: {
      title: 'Random replacements',
      there: 'Any entry of the vocabulary, special tokens among them.',
      here: 'Any word; never [PAD], [CLS], [SEP], [MASK] or [UNK].',
      why: 'In a vocabulary of a thousand or two, special tokens would come up often, and a [PAD] in mid-sentence is no padding.',
    },
    selection: {
      title: 'Which words are masked',
      there: 'DistilBERT draws rare words more often, in proportion to count^−0.7.',
      here: 'All alike at first; rare words more often where that is chosen under Training.',
      why: 'With so little text, drawing rare words spends the budget on words seen once.',
    },
    dropped: {
      title: 'Sequences left out',
      there: 'DistilBERT drops sequences of 11 tokens or fewer, and those of which half or more is [UNK].',
      here: 'None.',
      why: 'One’s own text may be short lines. A text that the vocabulary can’t spell is refused as a whole.',
    },
    batches: {
      title: 'Batches',
      there: 'DistilBERT groups sequences of like length; TinyBERT’s code drops a batch that is not full.',
      here: 'A new order in each epoch, every sequence once, every batch full.',
      why: 'Shapes stay the same, which is what lets a whole update be prepared once and replayed.',
    },
    precision: {
      title: 'Precision',
      there: 'Single or half precision; on a GPU sums come in any order.',
      here: 'Single precision, every sum in a fixed order.',
      why: 'One seed gives one result on one machine.',
    },
  },
} as const;

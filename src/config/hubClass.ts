/** What a model is called in `transformers`. */

/** BERT's classes have token types, DistilBERT's have none. */
export type HubClass = `${'Bert' | 'DistilBert'}For${'MaskedLM' | 'SequenceClassification'}`;

/** The class of `transformers` that computes what a model of ours does. */
export const hubClassOf = (tokenTypes: boolean, head: 'mlm' | 'classify'): HubClass =>
  `${tokenTypes ? 'Bert' : 'DistilBert'}For${head === 'mlm' ? 'MaskedLM' : 'SequenceClassification'}`;

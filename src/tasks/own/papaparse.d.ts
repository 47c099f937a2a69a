/** Papa Parse brings no types; this is the parser behind its front. */
declare module 'papaparse' {
  interface ParserConfig {
    delimiter: string;
    newline: '\n';
    /** True: quotes are no more than characters. Undefined: quotes are read where there are any. */
    fastMode?: true;
  }
  interface ParserResult {
    data: string[][];
    errors: { type: string; code: string; index: number }[];
    /** `cursor`: characters that are read. */
    meta: { cursor: number };
  }
  const Papa: {
    Parser: new (
      config: ParserConfig,
    ) => {
      parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult;
    };
  };
  export default Papa;
}

/** jStat brings no types; these are the functions that are used. */
declare module 'jstat' {
  const jStat: {
    studentt: {
      /** P(T <= x). */
      cdf(x: number, degreesOfFreedom: number): number;
      /** The x with P(T <= x) = p. */
      inv(p: number, degreesOfFreedom: number): number;
    };
  };
  export default jStat;
}

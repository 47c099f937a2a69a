/** The stages of a run, as the transport lists them. */
export const stages = {
  span: 'steps {{from}} to {{to}}',
  done: 'done',
  runs: 'under way',
  comes: 'to come',
  back: 'Back to its end',
  backTo: 'Back to the end of stage {{number}}, {{name}}',
  lost_one:
    'The run goes back to step {{end}} and goes on from there. Step {{from}} is lost, with what the students learned in it and its point in the charts.',
  lost_other:
    'The run goes back to step {{end}} and goes on from there. Steps {{from}} to {{to}} are lost, with what the students learned in them and their points in the charts.',
  goBack: 'Go back',
  stay: 'Stay',
} as const;

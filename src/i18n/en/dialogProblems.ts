/** What happened, and what to do, where only a dialog or the command line says it: these words load with them. */
export const dialogProblems = {
  textEmpty: {
    title: 'There is no text in it',
    text: 'Paste some text, or choose another .txt file.',
  },
  textTooShort: {
    title: 'The text is too short',
    text: 'It has {{bytes, number}} bytes; {{least, number}} are the least a model can learn from. Add more text.',
  },
  textTooLarge: {
    title: 'The text is too large',
    text: 'It has {{bytes, number}} bytes; the limit is {{most, number}}. Use a part of it.',
  },
  textBinary: {
    title: 'This is not plain text',
    text: 'The file holds binary data, as documents, PDFs and archives do. Save it as plain text (.txt) and try that file.',
  },
  textNotUtf8: {
    title: 'The text is not in UTF-8',
    text: 'Some of its bytes are no characters in UTF-8; it may be in an older encoding, such as Latin-1. Open it in a text editor, choose “Save as” with the encoding UTF-8 (in Windows’ Editor beside the Save button, in a word processor under “plain text”), and choose the file again.',
  },
  textRepeats: {
    title: 'The text mostly repeats itself',
    text: '{{repeated, number}} of its {{texts, number}} texts were there before. A repeated text is used once, so that nothing that is tested on was trained on, and what is left is too little. Add more text that differs.',
  },
  vectorsNotText: {
    title: 'These are no word vectors as text',
    text: 'The file should have a word and its numbers on each line, such as “cat 0.12 -0.5 …”. Unpack a .zip or .gz file first; a binary .bin file of word2vec has to be saved as text.',
  },
  vectorsRagged: {
    title: 'The vectors are not of one length',
    text: 'Line {{line, number}} has {{numbers, number}} numbers, those before it {{expected, number}}. If it is the last line, the file may have been cut off while it was loaded: download it again.',
  },
  vectorsNotNumbers: {
    title: 'A vector holds something else than numbers',
    text: 'In line {{line, number}} stands “{{value}}” where a finite number should. Correct or remove that line.',
  },
  vectorsTooWide: {
    title: 'The vectors have {{dimension, number}} numbers each',
    text: 'From {{min, number}} to {{max, number}} can be used. Choose a file of 50 to 300, as GloVe’s are.',
  },
  vectorsNoWords: {
    title: 'None of the text’s words is in the file',
    text: 'Not one of its {{lines, number}} words is needed here. Choose vectors for the language of the text, with words written in small letters.',
  },
  vectorsTooMany: {
    title: 'The vectors take too much memory',
    text: 'After {{words, number}} words of {{dimension, number}} numbers there was no room for more. Choose a file with shorter vectors, such as one of 100 numbers.',
  },
  textNotOneFile: {
    title: 'One file at a time',
    text: 'That was a folder, or several files. Choose a single one, or join them.',
  },
  textUnreadable: {
    title: 'The file can’t be read',
    text: 'The browser could not read “{{name}}”: it may have been moved or deleted, or is a folder. Choose it again.',
  },
  rowsEmpty: {
    title: 'There are no rows in it',
    text: 'Paste some rows, or choose another file.',
  },
  rowsTooLarge: {
    title: 'The file is too large',
    text: 'It has {{bytes, number}} bytes; the limit is {{most, number}}. Use a part of its rows.',
  },
  rowsBinary: {
    title: 'This is not plain text',
    text: 'The file holds binary data, as spreadsheets and documents do. In the spreadsheet choose “Save as” or “Download”, then CSV (UTF-8), and try that file.',
  },
  rowsJsonArray: {
    title: 'The file is one JSON array',
    text: 'JSON Lines is read: one object a line, without brackets and commas around them. Save it that way (in pandas: orient="records", lines=True), or as CSV.',
  },
  rowsNoColumns: {
    title: 'No columns were found',
    text: 'A row needs a label and one or two texts, parted by tabs, commas, semicolons or bars, the same number in every line. See that the file is a table, and choose what parts its columns.',
  },
  rowsMixedColumns: {
    title: 'The lines have different numbers of columns',
    text: 'Most have {{expected}}, but {{share}} % do not; the first is line {{line, number}} with {{fields}}. Put texts that hold the separating sign between double quotes, or save the table with tabs.',
  },
  rowsBrokenQuote: {
    title: 'A quote is broken',
    text: 'In line {{line, number}} a text begins with a double quote that does not end before the next column. End it, write quotes within quoted text twice (""), or say that the file has no quoted texts.',
  },
  rowsTooFew: {
    title: 'There are too few rows',
    text: '{{rows, number}} can be used and {{leftOut, number}} can’t; {{least}} are the least that a model can learn from. Add more, or see whether the columns are the right ones.',
  },
  rowsTooMany: {
    title: 'There are too many rows',
    text: 'At most {{most, number}} are read. Use a part of them.',
  },
  rowsNoLabel: {
    title: 'No row has a label',
    text: 'The column that was taken for the label is empty wherever there is text. Choose the column of the labels.',
  },
  rowsOneLabel: {
    title: 'There is only one label',
    text: 'Every row that can be used says “{{label}}”, so that there is nothing to tell apart. Choose the column of the labels, or add rows with another one.',
  },
  rowsManyLabels: {
    title: 'There are too many labels',
    text: 'The column holds {{labels, number}} different ones, and {{most}} are the most. Choose the column of the labels, or join some of them.',
  },
  rowsNoneHeldOut: {
    title: 'No rows can be held out',
    text: 'The {{rows, number}} rows share their texts with one another, and rows that share a text must stay on one side. Add pairs of other texts, or use a single column of text.',
  },
  runFileTooLarge: {
    title: 'The file is too large for a run',
    text: 'It has {{bytes, number}} bytes; the limit is {{most, number}}. Choose a file that was saved with “Save this run as a file”.',
  },
  runFileTruncated: {
    title: 'The file is incomplete',
    text: 'It ends in the middle of the run. Copy or download it again, and open that.',
  },
  runFileBroken: {
    title: 'This file is no run that can be opened',
    text: 'Its part “{{part}}” is not as it should be. Choose a file that was saved with “Save this run as a file” and not changed since.',
  },
  runFileNewer: {
    title: 'The file is of a later version',
    text: 'It is of version {{version}}, and this page reads files up to version {{known}}. Reload the page to get its newest version, and open the file again.',
  },
  cancelled: {
    title: 'Reading was called off',
    text: 'Nothing of it is kept. Choose the file again to read it.',
  },
  experimentMalformed: {
    title: 'This is no experiment',
    text: 'It is not as an experiment should be at “{{part}}”. Save it again where it comes from.',
  },
  experimentNewer: {
    title: 'The experiment is of a later version',
    text: 'It has version {{version}}, and this one knows {{known}}. Use a newer Stillroom.',
  },
  seedsEmpty: {
    title: 'There is no seed',
    text: 'Write whole numbers with commas between them, such as 1, 2, 3.',
  },
  seedNotWhole: {
    title: '“{{seed}}” is no seed',
    text: 'A seed is a whole number from 0 to {{most}}. Write several with commas between them, such as 1, 2, 3.',
  },
  seedRepeated: {
    title: 'Seed {{seed}} stands there more than once',
    text: 'The same seed gives the same run, which tells nothing more. Write each seed once.',
  },
  seedsTooMany: {
    title: 'These are too many seeds',
    text: 'They are {{seeds}}; {{most}} are the most. Leave some out.',
  },
  seedsTooFew: {
    title: 'These are too few seeds for a verdict',
    text: 'From {{seeds}} nobody can tell chance from a difference; {{least}} are the least. Add some.',
  },
  temperaturesEmpty: {
    title: 'A sweep needs two temperatures or more',
    text: 'Write numbers with commas between them, such as 1, 2, 4, 8, 16.',
  },
  temperatureNoNumber: {
    title: '“{{value}}” is no temperature',
    text: 'T is a number from {{min}} to {{max}}. Write several with commas between them, such as 1, 2, 4, 8, 16.',
  },
  temperatureRepeated: {
    title: 'T = {{value}} stands there more than once',
    text: 'Two students at one T would be the same student. Write each T once.',
  },
  temperaturesTooMany: {
    title: 'These are too many temperatures for one sweep',
    text: 'They are {{count}}; {{most}} students can be trained side by side. Leave some out, and sweep those afterwards.',
  },
  sweepTooLarge: {
    title: 'This sweep needs more memory than a page gets',
    text: 'Its students would take about {{bytes, number}} MB while they train. {{fits}} temperatures at once would fit: sweep the others afterwards.',
  },
  backgroundDied: {
    title: 'The training in the background ended twice by itself',
    text: 'The browser may be short of memory. What is done stays; close other tabs, then press “Go on”.',
  },
  seedRunNotKept: {
    title: 'The browser has no room to keep a finished run',
    text: 'It is shown here until the page is closed, and what was kept before it stays. Make room under “Kept here”, then press “Go on”: it is then kept too.',
  },
  ledgerTooLarge: {
    title: 'The gradients are too large to lay beside each other',
    text: 'The ledger holds the gradient of every loss of a student at once: {{bytes, number}} bytes here, and {{most, number}} are the most. Give the student fewer losses, or make it smaller.',
  },
} as const;

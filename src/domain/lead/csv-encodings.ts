/** Encodings that a person may choose for a file; the values are the labels of the WHATWG Encoding Standard. */
export const CSV_ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western Europe)' },
  { value: 'windows-1250', label: 'Windows-1250 (Central Europe)' },
  { value: 'windows-1251', label: 'Windows-1251 (Cyrillic)' },
  { value: 'iso-8859-2', label: 'ISO 8859-2 (Central Europe)' },
  { value: 'iso-8859-15', label: 'ISO 8859-15 (Western Europe, with €)' },
  { value: 'macintosh', label: 'Mac OS Roman' },
  { value: 'shift_jis', label: 'Shift JIS (Japanese)' },
  { value: 'gb18030', label: 'GB 18030 (Chinese)' },
  { value: 'utf-16le', label: 'UTF-16, little endian' },
  { value: 'utf-16be', label: 'UTF-16, big endian' },
] as const

export type CsvEncoding = (typeof CSV_ENCODINGS)[number]['value']

/** Characters that may stand between two values, in the order in which a tie is decided. */
export const CSV_DELIMITERS = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar |' },
] as const

export type CsvDelimiter = (typeof CSV_DELIMITERS)[number]['value']

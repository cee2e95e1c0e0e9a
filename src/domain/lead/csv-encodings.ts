/**
 * Encodings that a person may choose for a file: the labels of the WHATWG Encoding Standard, and code pages of DOS. Where
 * several read a file alike, the first of them is named.
 */
export const CSV_ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western Europe)' },
  { value: 'windows-1250', label: 'Windows-1250 (Central Europe)' },
  { value: 'windows-1251', label: 'Windows-1251 (Cyrillic)' },
  { value: 'windows-1253', label: 'Windows-1253 (Greek)' },
  { value: 'windows-1254', label: 'Windows-1254 (Turkish)' },
  { value: 'windows-1255', label: 'Windows-1255 (Hebrew)' },
  { value: 'windows-1256', label: 'Windows-1256 (Arabic)' },
  { value: 'windows-1257', label: 'Windows-1257 (Baltic)' },
  { value: 'windows-1258', label: 'Windows-1258 (Vietnamese)' },
  { value: 'windows-874', label: 'Windows-874 (Thai)' },
  { value: 'iso-8859-2', label: 'ISO 8859-2 (Central Europe)' },
  { value: 'iso-8859-15', label: 'ISO 8859-15 (Western Europe, with €)' },
  { value: 'macintosh', label: 'Mac OS Roman' },
  { value: 'cp850', label: 'DOS 850 (Western Europe)' },
  { value: 'cp437', label: 'DOS 437 (United States)' },
  { value: 'cp852', label: 'DOS 852 (Central Europe)' },
  { value: 'ibm866', label: 'DOS 866 (Cyrillic)' },
  { value: 'koi8-r', label: 'KOI8-R (Cyrillic)' },
  { value: 'shift_jis', label: 'Shift JIS (Japanese)' },
  { value: 'euc-jp', label: 'EUC-JP (Japanese)' },
  { value: 'gb18030', label: 'GB 18030 (Chinese)' },
  { value: 'big5', label: 'Big5 (Taiwan, Hong Kong)' },
  { value: 'euc-kr', label: 'EUC-KR, CP949 (Korean)' },
  { value: 'utf-16le', label: 'UTF-16, little endian' },
  { value: 'utf-16be', label: 'UTF-16, big endian' },
] as const

export type CsvEncoding = (typeof CSV_ENCODINGS)[number]['value']

/** One way to read a file, and what its first line with foreign letters then says. */
export type EncodingPreview = { encoding: CsvEncoding; line: string }

/** Characters that may stand between two values, in the order in which a tie is decided. */
export const CSV_DELIMITERS = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar |' },
] as const

export type CsvDelimiter = (typeof CSV_DELIMITERS)[number]['value']

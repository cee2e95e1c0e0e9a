/** Words for a value that no column can hold. */
export const UNSTORABLE =
  'A value in this request is none that can be stored or looked for, such as a hidden character (NUL) or a number ' +
  'that is too large. Nothing was changed. Enter it anew.'

// "\u0000" in JSON; "\\u0000" there is a backslash and five letters.
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/

/** Whether an address or a body in JSON names the character NUL, which no text of the database can hold. */
export const holdsNul = (address: string, json = ''): boolean =>
  address.includes('%00') || json.includes('\0') || NUL_IN_JSON.test(json)

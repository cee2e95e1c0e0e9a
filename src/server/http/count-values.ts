const QUOTE = 0x22
const COMMA = 0x2c
const LIST = 0x5b
const BACKSLASH = 0x5c
const OBJECT = 0x7b

/**
 * Counts the values of a JSON text that comes in pieces of bytes: never fewer than it holds so far, and at most twice as many. It
 * makes nothing of them: a million of them, one inside the other, take a few milliseconds here, and a reader hundreds.
 */
export function countValues(): (piece: Uint8Array) => number {
  let values = 1
  let inString = false
  let escaped = false
  return (piece) => {
    for (const byte of piece) {
      if (escaped) escaped = false
      else if (byte === QUOTE) inString = !inString
      else if (inString) escaped = byte === BACKSLASH
      else if (byte === COMMA || byte === LIST || byte === OBJECT) values++
    }
    return values
  }
}

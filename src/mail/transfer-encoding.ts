import { encode as encodeBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64'

/** Longest line of what is encoded, without its CRLF (RFC 2045, 6.7 and 6.8), and of what goes as it is. */
const LINE_LENGTH = 76
// A longer text is encoded whatever its lines are, as nodemailer does.
const MOST_AS_IT_IS = 128 * 1024
// A soft line break stands behind a blank where there is one in the last third of a line.
const BREAKABLE = Math.floor(LINE_LENGTH / 3)

export type EncodedBody = { encoding: '7bit' | 'quoted-printable' | 'base64'; content: string }

/**
 * A text as a part of a message carries it, in ASCII alone: as it is where that is so and no line is long, else
 * quoted-printable, or base64 where that is shorter for most scripts that are not Latin. Line breaks stay those of the text.
 */
export function encodeBody(text: string): EncodedBody {
  if (text.length <= MOST_AS_IT_IS && ASCII.test(text) && !LONG_LINE.test(text))
    return { encoding: '7bit', content: text }
  if (isMostlyLatin(text)) return { encoding: 'quoted-printable', content: quotedPrintable(text) }
  return { encoding: 'base64', content: wrapBase64(encodeBase64(text), LINE_LENGTH) }
}

const ASCII = /^[\t\n\r -\x7f]*$/
const LONG_LINE = new RegExp(`^.{${LINE_LENGTH + 1}}`, 'm')

/** Whether it has more Latin letters than letters beyond ASCII and control characters. */
function isMostlyLatin(text: string): boolean {
  let [latin, special] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) latin++
    else if (code >= 0x80 || (code < 0x20 && code !== TAB && code !== LF && code !== CR)) special++
  }
  return special < latin
}

const [TAB, LF, CR] = [0x09, 0x0a, 0x0d]

// White space at the end of a line would be lost on the way.
const UNSAFE = /[^\t\n\r -<>-~]|[\t ](?=[\r\n]|$)/g
const ESCAPED = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

function quotedPrintable(text: string): string {
  // Each byte of its UTF-8 as one character.
  const bytes = Buffer.from(text).toString('latin1')
  const escaped = bytes.replace(UNSAFE, (byte) => ESCAPED[byte.charCodeAt(0)] as string)
  let wrapped = ''
  let from = 0
  for (let at = 0; at < escaped.length; ) {
    const end = escaped.indexOf('\n', at)
    const next = end < 0 ? escaped.length : end + 1
    const last = end < 0 ? next : end
    // Its CR counts as well, so that none is cut from its LF.
    while (last - at > LINE_LENGTH) {
      at = softBreak(escaped, at)
      wrapped += `${escaped.slice(from, at)}=\r\n`
      from = at
    }
    at = next
  }
  return wrapped + escaped.slice(from)
}

/** Where the line that begins at `start` is broken: behind a blank, else between two characters. */
function softBreak(escaped: string, start: number): number {
  const end = start + LINE_LENGTH - 1
  const blank = escaped.slice(end - BREAKABLE, end).lastIndexOf(' ')
  if (blank >= 0) return end - BREAKABLE + blank + 1
  let at = end
  if (escaped[at - 1] === '=') at -= 1
  else if (escaped[at - 2] === '=') at -= 2
  // No character takes more than four bytes.
  for (let moved = 0; moved < 3 && CONTINUED.test(escaped.slice(at, at + 2)); moved++) at -= 3
  return at
}

// A byte of a character that began before it.
const CONTINUED = /^=[89AB]/

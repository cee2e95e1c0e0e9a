import type { Random } from './random'

type Mutation = (lines: string[], random: Random) => string[]

const at = (lines: readonly string[], random: Random) => random.int(0, Math.max(0, lines.length - 1))
const replaced = (lines: string[], i: number, line: string) => lines.toSpliced(i, 1, line)

const WORDS = [
  'Content-Type: multipart/mixed; boundary=',
  'Content-Type: message/rfc822',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: x-uuencode',
  'Auto-Submitted: auto-replied',
  'From: <>',
  'From: =?utf-8?Q?=FF=FE?=',
  'Date: Fri, 31 Feb 2027 25:61:61 +9999',
  'Date: ',
  'References: <',
  'Message-ID: <@>',
  'Subject: =?utf-7?B?////?=',
  'To: undisclosed-recipients:;',
  'Content-Type: text/html; charset=x-unknown',
  'Final-Recipient: rfc822;',
  'Action: failed',
  'Status: 5.',
  'Diagnostic-Code: smtp; 550',
  '>',
  '--',
  '-- ',
  'I am out of the office until 31 February',
  'bis zum 99.99.9999',
  'back on the 32nd',
  'Am 1 schrieb',
  'Op schreef',
  'On wrote:',
  'Von: a',
  '<div><table><tr>',
]

const MUTATIONS: readonly Mutation[] = [
  (lines, random) => lines.toSpliced(at(lines, random), random.int(1, 10)),
  (lines, random) =>
    lines.toSpliced(at(lines, random), 0, ...lines.slice(at(lines, random)).slice(0, random.int(1, 40))),
  (lines, random) => lines.toSpliced(at(lines, random), 0, random.pick(WORDS)),
  (lines, random) => replaced(lines, at(lines, random), random.pick(WORDS)),
  (lines, random) => lines.slice(0, at(lines, random) + 1),
  (lines, random) => lines.slice(at(lines, random)),
  (lines, random) => lines.toSpliced(at(lines, random), 0, ''),
  (lines, random) => lines.filter((line) => line !== '' || random.int(0, 1) === 0),
  (lines, random) => {
    const i = at(lines, random)
    const line = lines[i] ?? ''
    const letter = random.int(0, Math.max(0, line.length - 1))
    return replaced(
      lines,
      i,
      line.slice(0, letter) + String.fromCharCode(random.int(0, 255)) + line.slice(letter + random.int(0, 3)),
    )
  },
  (lines, random) => {
    const i = at(lines, random)
    return replaced(lines, i, (lines[i] ?? '').repeat(random.int(2, 400)))
  },
  (lines, random) =>
    lines.toSpliced(at(lines, random), 0, ...Array.from({ length: random.int(50, 3_000) }, () => random.pick(WORDS))),
  (lines, random) =>
    lines.toSpliced(
      at(lines, random),
      0,
      random
        .pick(['<', '(', '"', '[', 'a@', '=?', '> ', 'On ', ' ', '\t', '<b>', '=20'])
        .repeat(random.int(500, 30_000)),
    ),
  (lines, random) => lines.map((line) => (random.int(0, 30) === 0 ? line.toUpperCase() : line)),
  (lines) => lines.toReversed(),
]

/** A message with one to six things wrong; the same for the same choices. */
export function mutated(raw: Buffer, random: Random): Buffer {
  let lines = raw.toString('latin1').split('\r\n')
  for (let n = random.int(1, 6); n > 0; n--) lines = random.pick(MUTATIONS)(lines, random)
  return Buffer.from(lines.join(random.pick(['\r\n', '\r\n', '\n', '\r'])).slice(0, 2_000_000), 'latin1')
}

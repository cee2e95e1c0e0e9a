import { isUtf8 } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { blocksOf, piecesOf } from '@/csv/csv-blocks'
import type { CsvEncoding } from '@/domain/lead/csv-encodings'

const inPieces = (bytes: Buffer, length: number) => ({
  size: bytes.length,
  read: async function* () {
    for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length)
  },
})

async function collect(bytes: Buffer, length: number, encoding: CsvEncoding = 'utf-8') {
  const blocks: { line: number; bytes: Buffer }[] = []
  for await (const block of blocksOf(inPieces(bytes, length), encoding, 'leads.csv')) blocks.push(block)
  return blocks
}

describe('the blocks of a file', () => {
  it.each([1, 2, 3, 5, 64])('are whole lines, however it is read: %d bytes at a time', async (length) => {
    const text = 'ä,b\r\nc\n\nd\re\nlast'
    const blocks = await collect(Buffer.from(text), length)
    expect(Buffer.concat(blocks.map(({ bytes }) => bytes)).toString()).toBe(text)
    for (const { bytes } of blocks.slice(0, -1)) expect(bytes.toString()).toMatch(/[\r\n]$/)
    for (const { line, bytes } of blocks) {
      const before = text.slice(0, text.indexOf(bytes.toString()))
      if (before.length > 0 && !bytes.toString().startsWith('\n')) expect(line).toBe(before.split('\n').length)
    }
  })

  it.each(['utf-16le', 'utf-16be'] as const)('cut no character of %s', async (encoding) => {
    // U+0A0A and U+0D0D hold the bytes of line ends.
    const text = '\u0a0a,\u0d0d\n\u0a0a\u0a0a\r\nx'
    const little = Buffer.from(text, 'utf16le')
    const bytes = encoding === 'utf-16le' ? little : Buffer.from(little).swap16()
    for (const length of [1, 3, 4, 7]) {
      const blocks = await collect(bytes, length, encoding)
      const decoded = blocks.map((block) => new TextDecoder(encoding, { fatal: true }).decode(block.bytes))
      expect(decoded.join('')).toBe(text)
      expect(blocks.at(-1)?.line).toBe(3)
    }
  })

  it('refuse a line that is longer than any record, with its number', async () => {
    const bytes = Buffer.concat([Buffer.from('email\n'), Buffer.alloc(5 * 1024 * 1024, 'a')])
    await expect(collect(bytes, 64 * 1024)).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringMatching(/^Line 2 of "leads.csv" is longer than a record may be\. Nothing was imported\./),
    })
  })
})

describe('the pieces of a block', () => {
  const lines = 100_000
  const block = (bad: readonly number[]) => {
    const rows = Array.from({ length: lines }, (_, i) =>
      bad.includes(i + 1) ? Buffer.from([0x66, 0xff, 0x0a]) : Buffer.from('ab\n'),
    )
    return { line: 1, bytes: Buffer.concat(rows) }
  }

  it.each([[1], [77_777], [lines], [3, 4, 99_999]])(
    'tell the lines that are not valid apart: %j, in few looks',
    (...bad) => {
      let looks = 0
      const isValid = (bytes: Buffer) => {
        looks += 1
        return isUtf8(bytes)
      }
      const { bytes } = block(bad)
      const pieces = [...piecesOf({ line: 1, bytes }, 'utf-8', isValid)]
      expect(pieces.filter(({ valid }) => !valid).map(({ line }) => line)).toEqual(bad)
      expect(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(bytes)).toBe(true)
      // Two looks at each halving; one at each line would be 100,000.
      expect(looks).toBeLessThan(bad.length * 50)
    },
  )
})

import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openCsv } from '@/csv/csv-file'
import { bytesSource, type CsvSource } from '@/csv/csv-source'
import { lookThrough } from '@/use-cases/leads/imports/find-opt-outs'
import { readLeadChunks } from '@/use-cases/leads/imports/read-lead-chunks'

const KEY = { consentKey: '0'.repeat(64) }
const TARGETS = ['email', 'custom:note'] as const

async function chunksOf(note: string, rows: number) {
  const text = ['email,note', ...Array.from({ length: rows }, (_, i) => `row${i}@x.example,${note}`)].join('\n')
  const file = await openCsv({ fileName: 'rows.csv', source: bytesSource(Buffer.from(text)) })
  const chunks = []
  for await (const chunk of readLeadChunks(KEY, { file, targets: TARGETS, optedOut: new Map() })) chunks.push(chunk)
  return chunks
}

it('a chunk of ordinary rows has 2,000 of them', async () => {
  const chunks = await chunksOf('Head of Sales at Nordwind Ltd, Hamburg'.padEnd(400, '.'), 5_000)
  expect(chunks.map(({ rows }) => rows)).toEqual([2_000, 2_000, 1_000])
})

it('a chunk of long rows ends by their size', async () => {
  const chunks = await chunksOf('x'.repeat(10_000), 1_000)
  const inOne = chunks.map(({ leads }) => leads.reduce((sum, { cells }) => sum + cells.join().length, 0))
  expect(Math.max(...inOne)).toBeLessThan(2_100_000)
  expect(chunks.flatMap(({ leads }) => leads)).toHaveLength(1_000)
})

/** The turns that others had while `work` went on. */
async function turnsDuring(work: Promise<unknown>) {
  let turns = 0
  let isOver = false
  const count = async () => {
    for (; !isOver; turns++) await setImmediate()
  }
  const counting = count()
  await work
  isOver = true
  await counting
  return turns
}

/** Bytes that are all there, as large pieces, without a wait between them. */
const atOnce = (bytes: Buffer): CsvSource => ({
  size: bytes.length,
  read: async function* () {
    for (let i = 0; i < bytes.length; i += 512 * 1024) yield bytes.subarray(i, i + 512 * 1024)
  },
})

it('others have their turn while a file is looked through or read again, however large its pieces are', async () => {
  const text = ['email,unsubscribed', ...Array.from({ length: 90_000 }, (_, i) => `row${i}@x.example,no`)].join('\n')
  const file = await openCsv({ fileName: 'rows.csv', source: atOnce(Buffer.from(text)) })
  expect(await turnsDuring(lookThrough(file, TARGETS))).toBeGreaterThan(3)
  const again = async () => {
    const rows = { file, targets: TARGETS, optedOut: new Map() }
    for await (const _ of readLeadChunks(KEY, rows, 90_000));
  }
  expect(await turnsDuring(again())).toBeGreaterThan(3)
})

it('rows of one long line each are parsed in turns as well', async () => {
  const text = `email,a\n${`row@x.example,${'x'.repeat(1_000_000)}\n`.repeat(12)}`
  const file = await openCsv({ fileName: 'rows.csv', source: atOnce(Buffer.from(text)) })
  const found = lookThrough(file, TARGETS)
  expect(await turnsDuring(found)).toBeGreaterThan(3)
  expect(await found).toMatchObject({ rows: 12 })
})

it('a character is never cut where a text is parsed in pieces', async () => {
  const value = `x${'🚀'.repeat(60_000)}`
  const file = await openCsv({ fileName: 'rows.csv', source: atOnce(Buffer.from(`email,a\nrow@x.example,${value}\n`)) })
  for await (const { cells } of file.rows()) expect(cells[1] === value).toBe(true)
})

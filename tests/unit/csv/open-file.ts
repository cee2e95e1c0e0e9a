import { expect } from 'vitest'
import { openCsv } from '@/csv/csv-file'
import { bytesSource } from '@/csv/csv-source'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'

export const fromText = (text: string, delimiter?: CsvDelimiter, headerLine?: number) =>
  openCsv({ fileName: 'leads.csv', text, delimiter, headerLine })
export const fromBytes = (bytes: Buffer, encoding?: CsvEncoding) =>
  openCsv({ fileName: 'leads.csv', source: bytesSource(bytes), encoding })

export async function rowsOf(file: Awaited<ReturnType<typeof openCsv>>) {
  const rows: [number, string[]][] = []
  for await (const { line, cells } of file.rows()) rows.push([line, cells])
  return rows
}

export const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DomainError)
  const { code, message, details } = error as DomainError
  return { code, message, details }
}

import { expect } from 'vitest'

/** The lines of a file, its header apart. */
export async function fileOf(answer: Response) {
  const bytes = Buffer.from(await answer.arrayBuffer())
  // `text()` would take the byte order mark away.
  const [header = '', ...lines] = bytes.toString('utf8').split('\r\n')
  expect(header[0]).toBe('\ufeff')
  expect(lines.pop()).toBe('')
  return { header: header.slice(1).split(','), lines }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { START_WORKER } from '@/components/campaigns/detail/why/why-facts'

const sources = ['src/components', 'src/domain']
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(path, 'utf8'))

const readme = readFileSync('worker/README.md', 'utf8')

/** What the table says that people see, word for word; "..." stands for what differs. */
const quoted = readme
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => [...line.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words.split('...')[0]?.trim() ?? ''))

test('quotes the words of the app exactly as it says them', () => {
  expect(quoted.length).toBeGreaterThan(8)
  expect(quoted.filter((words) => !sources.some((source) => source.includes(words)))).toEqual([])
})

test('names the same commands that the app names where no worker is alive', () => {
  const commands = (text: string) => [...text.matchAll(/npm (?:run )?\w+/g)].map(([command]) => command)
  const line = readme.split('\n').find((one) => one.includes('no worker is alive')) ?? ''
  expect([...new Set(commands(line))]).toEqual(commands(START_WORKER))
})

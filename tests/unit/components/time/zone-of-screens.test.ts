import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('no screen shows a time in a fixed zone: it is that of the settings, or of what the time belongs to', () => {
  const fixed = globSync('src/components/**/*.tsx').filter((file) =>
    /<Time(Ago)?\b[^>]*zone="UTC"|aside="UTC"/.test(readFileSync(file, 'utf8')),
  )
  expect(fixed).toEqual([])
})

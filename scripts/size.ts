import { ensureBuild } from './lib/app/build'
import { FIRST_LOAD_LIMIT, firstLoadTable, kilobytes, readFirstLoads } from './lib/app/first-load'
import { createOutput } from './lib/output'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// What a browser loads of each page before anybody does anything on it; more than the limit on any of them is a failure.
await runScript(async () => {
  await ensureBuild(createOutput())
  const loads = readFirstLoads()
  const limit = kilobytes(FIRST_LOAD_LIMIT)
  console.log(
    `JavaScript that each page loads first, gzipped (1 kB = 1000 bytes), at most ${limit} kB; its largest files. Left out:\n` +
      'polyfills for browsers without modules, and parts that are fetched later, when a person begins to use the page.\n',
  )
  for (const line of firstLoadTable(loads)) console.log(line)
  const tooLarge = loads.filter(({ bytes }) => bytes > FIRST_LOAD_LIMIT)
  if (tooLarge.length === 0) return
  const pages = tooLarge.map(({ page }) => page).join(', ')
  throw new Problem(
    `More than ${limit} kB: ${pages}. Load what is not seen first later: see "JavaScript of a page" in .github/CONTRIBUTING.md.`,
  )
})

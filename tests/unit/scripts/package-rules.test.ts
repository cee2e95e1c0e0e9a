import { expect, test } from 'vitest'
import { packageComplaints } from '../../../scripts/lib/package-rules'

const hashed = { version: '1.2.3', integrity: 'sha512-x' }
const sound = { packages: { '': {}, 'node_modules/a': hashed, 'node_modules/b': { link: true } } }

test('has nothing to say of hashed entries, links and the project itself', () => {
  expect(packageComplaints({ dependencies: { playwright: '1.65.1' } }, sound, [])).toEqual([])
})

test('names an entry of the lockfile that has no hash, with where to get it, also inside another package', () => {
  const packages = { 'node_modules/a/node_modules/@b/c': { version: '1.2.3' } }
  expect(packageComplaints({}, { packages }, [])).toEqual([
    'package-lock.json: node_modules/a/node_modules/@b/c has no integrity; npm view @b/c@1.2.3 dist.integrity has it',
  ])
})

test('names an entry of the lockfile that is bound to a host', () => {
  const packages = { 'node_modules/a': { ...hashed, resolved: 'http://127.0.0.1:4873/a.tgz' } }
  expect(packageComplaints({}, { packages }, [])).toEqual([
    'package-lock.json: node_modules/a names the host it came from (http://127.0.0.1:4873/a.tgz)',
  ])
})

test('refuses a replaced package in package.json and in every form of import, but not its mere mention', () => {
  const name = '@playwright/test'
  const imports = [`import { test } from '${name}'`, `import('${name}/reporter')`, `require("${name}")`]
  const sources = imports.map((text, index) => ({ path: `tests/${index}.ts`, text }))
  const mention = { path: 'tests/3.ts', text: `// '${name}' is a second name\nconst name = '${name}'` }
  const instead = "playwright, whose runner is 'playwright/test'"
  expect(packageComplaints({ devDependencies: { [name]: '1' } }, sound, [...sources, mention])).toEqual([
    `package.json: ${name} is not used here; take ${instead}`,
    ...[0, 1, 2].map((index) => `tests/${index}.ts: imports ${name}; take ${instead}`),
  ])
})

import { expect, it } from 'vitest'
import { fitMigrations } from '@/domain/backup/manifest'

const known = ['0001_a', '0002_b', '0004_d'].map((name) => ({ name, checksum: `sum of ${name}`, script: name }))
const applied = (...names: string[]) => names.map((name) => ({ name, checksum: `sum of ${name}` }))

it('tables are made by the migrations of the backup, and those that followed come after its rows', () => {
  expect(fitMigrations(applied('0001_a', '0004_d'), known)).toEqual({
    kind: 'fits',
    first: [known[0], known[2]],
    rest: [known[1]],
  })
})

it('a backup of a newer version is told by the migrations that nobody knows here', () => {
  expect(fitMigrations(applied('0001_a', '0005_e', '0006_f'), known)).toEqual({
    kind: 'newer',
    names: ['0005_e', '0006_f'],
  })
})

it('a migration by another text makes other tables', () => {
  expect(fitMigrations([{ name: '0002_b', checksum: 'another' }], known)).toEqual({
    kind: 'other_text',
    names: ['0002_b'],
  })
})

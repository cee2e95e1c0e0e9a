import { expect, it } from 'vitest'
import { headline } from '@/components/leads/imports/import-words'
import { rollbackLines } from '@/components/leads/imports/rollback-words'
import { NO_COUNTS } from '@/domain/lead-import/rollback'

const nobody = { status: 'done', added: 0, existing: 0, removed: 0, batchName: 'Fair' } as const

it('an import of nobody says that no batch was made only where none was chosen', () => {
  expect(headline({ ...nobody, batchId: null })).toBe('No row could be imported, so no batch was made')
  expect(headline({ ...nobody, batchId: '1' })).toBe('No row could be imported into “Fair”')
})

it('a rollback has a line for each outcome', () => {
  for (const outcome of Object.keys(NO_COUNTS))
    expect(rollbackLines({ ...NO_COUNTS, [outcome]: 2 }, 'before')).toHaveLength(1)
  expect(rollbackLines({ ...NO_COUNTS, existingElsewhere: 1 }, 'after')).toEqual([
    '1 lead of before that another import brought as well: stayed as it is',
  ])
})

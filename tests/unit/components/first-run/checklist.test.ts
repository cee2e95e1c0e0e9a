import { describe, expect, it } from 'vitest'
import { checklistSteps, type Progress } from '@/components/first-run/checklist-steps'
import { sampleWords } from '@/components/first-run/sample-text'

const empty: Progress = {
  mode: 'live',
  ownMailboxes: 0,
  hasAddress: false,
  batches: 0,
  campaign: null,
}
const states = (progress: Progress) => checklistSteps(progress).map(({ state }) => state)

describe('the first-run checklist', () => {
  it('has everything to do in an empty installation, but sending in the sandbox', () => {
    expect(states(empty)).toEqual(['todo', 'todo', 'todo', 'todo'])
    expect(states({ ...empty, mode: 'sandbox' })[0]).toBe('done')
  })

  it('claims nothing before it knows', () => {
    const unknown = { ...empty, mode: null, ownMailboxes: null, hasAddress: null, batches: null }
    expect(states(unknown).slice(0, 3)).toEqual(['checking', 'checking', 'checking'])
  })

  it('stays until a campaign is started: a draft sends nothing', () => {
    const step = (campaign: Progress['campaign']) => checklistSteps({ ...empty, campaign })[3]
    expect(step(undefined)?.state).toBe('checking')
    expect(step(null)).toMatchObject({ state: 'todo', href: '/campaigns/new' })
    expect(step({ id: 'c1', isDraft: true })).toMatchObject({ state: 'todo', href: '/campaigns/c1/edit?step=review' })
    expect(step({ id: 'c1', isDraft: false })).toMatchObject({ state: 'done', href: '/campaigns/c1' })
  })

  it('opens the settings at the postal address, with a way back to the list', () => {
    expect(checklistSteps(empty)[1]?.href).toBe('/settings?focus=postal-address&back=%2Fcampaigns')
  })
})

describe('loaded sample data, in words', () => {
  it('lists what was added', () => {
    expect(sampleWords({ leadsAdded: 25, templatesAdded: 3, workflowsAdded: 1, addressAdded: false }).title).toBe(
      'Added 25 leads, 3 templates and 1 workflow.',
    )
    expect(sampleWords({ leadsAdded: 0, templatesAdded: 1, workflowsAdded: 0, addressAdded: false }).title).toBe(
      'Added 1 template.',
    )
  })

  it('does not claim an addition the second time', () => {
    expect(sampleWords({ leadsAdded: 0, templatesAdded: 0, workflowsAdded: 0, addressAdded: false }).title).toBe(
      'The sample data was there already.',
    )
  })
})

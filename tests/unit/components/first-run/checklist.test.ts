import { describe, expect, it } from 'vitest'
import { checklistSteps, type Progress } from '@/components/first-run/checklist-steps'
import { sampleWords } from '@/components/first-run/sample-text'

const empty: Progress = {
  mode: 'live',
  ownMailboxes: 0,
  hasAddress: false,
  batches: 0,
  templates: 0,
  workflows: 0,
  campaigns: 0,
}
const states = (progress: Progress) => checklistSteps(progress).map(({ state }) => state)

describe('the first-run checklist', () => {
  it('has everything to do in an empty installation, but sending in the sandbox', () => {
    expect(states(empty)).toEqual(['todo', 'todo', 'todo', 'todo', 'todo'])
    expect(states({ ...empty, mode: 'sandbox' })[0]).toBe('done')
  })

  it('counts the sequence only with templates and a workflow', () => {
    expect(states({ ...empty, templates: 3 })[3]).toBe('todo')
    expect(states({ ...empty, templates: 3, workflows: 1 })[3]).toBe('done')
  })

  it('claims nothing before it knows', () => {
    const unknown = { ...empty, mode: null, ownMailboxes: null, hasAddress: null, batches: null, templates: null }
    expect(states(unknown).slice(0, 4)).toEqual(['checking', 'checking', 'checking', 'checking'])
  })

  it('leads from templates to the workflow', () => {
    expect(checklistSteps(empty)[3]?.href).toBe('/templates')
    expect(checklistSteps({ ...empty, templates: 1 })[3]?.href).toBe('/workflows')
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

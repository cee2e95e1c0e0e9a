import { expect, it } from 'vitest'
import { copyName } from '@/components/hooks/use-copy'
import { subjectWords } from '@/components/templates/subject-text'
import {
  draftProblem,
  insertAt,
  moveStep,
  newStep,
  stepsToSave,
  templateProblem,
} from '@/components/workflows/editor/workflow-draft'

const step = (templateId: string, days: number, reply = false) => ({ key: templateId, templateId, days, reply })
const steps = [step('a', 1), step('b', 2, true), step('c', 5)]

it('says at the field of a step that its template is missing, and only there', () => {
  expect(steps.map(templateProblem)).toEqual([null, null, null])
  expect(templateProblem(step('', 1))).toBe('Choose the template of this email.')
})

it('moves an email and leaves the waits where they are', () => {
  expect(moveStep(steps, 2, 0).map(({ templateId, days }) => [templateId, days])).toEqual([
    ['c', 1],
    ['a', 2],
    ['b', 5],
  ])
  expect(moveStep(steps, 0, -1)).toEqual(steps)
  expect(moveStep(steps, 2, 3)).toEqual(steps)
})

it('saves the first step without a wait and without a reply, wherever it stood before', () => {
  expect(stepsToSave(moveStep(steps, 1, 0))).toEqual([
    { templateId: 'b', daysAfterPrevious: 0, replyInThread: false },
    { templateId: 'a', daysAfterPrevious: 2, replyInThread: false },
    { templateId: 'c', daysAfterPrevious: 5, replyInThread: false },
  ])
})

it('proposes the first template that is not used yet, one day later', () => {
  const templates = [{ id: 'a' }, { id: 'd' }]
  expect(newStep(steps, templates)).toMatchObject({ templateId: 'd', days: 1, reply: false })
  expect(newStep(insertAt(steps, 0, step('d', 1)), templates)).toMatchObject({ templateId: '' })
})

it('says what keeps a draft from being saved', () => {
  expect(draftProblem({ name: ' ', description: '', steps })).toBe('Give the workflow a name.')
  expect(draftProblem({ name: 'x', description: '', steps: [...steps, step('', 1)] })).toBe(
    'Choose a template for step 4.',
  )
  expect(draftProblem({ name: 'x', description: '', steps })).toBeNull()
})

it.each([
  ['About {{ company_name | default: "your } company" }}', 'About [company_name]'],
  ['{{-first_name-}}, a question{% if city %} from {{ city }}{% endif %}', '[first_name], a question from [city]'],
  ['Plain', 'Plain'],
])('shows the subject %s as %s', (subject, words) => {
  expect(subjectWords(subject)).toBe(words)
})

it('names a copy once, within the length of names', () => {
  expect(copyName('Introduction')).toBe('Introduction (copy)')
  expect(copyName('Introduction (copy)')).toBe('Introduction (copy)')
  expect(copyName('x'.repeat(120))).toHaveLength(119)
})

import { expect, it } from 'vitest'
import { copyName } from '@/components/hooks/use-copy'
import {
  copyOf,
  draftProblem,
  draftSteps,
  moveStep,
  newStep,
  stepsToSave,
  templateProblem,
} from '@/components/workflows/editor/workflow-draft'
import { subjectWords } from '@/domain/templates/title'

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

it('begins a step with a text of its own: the first at the start, a further one in the thread three days later', () => {
  expect(newStep([])).toMatchObject({ own: true, templateId: '', reply: false, text: { subject: '', bodyText: '' } })
  expect(newStep(steps)).toMatchObject({ own: true, days: 3, reply: true })
  expect(newStep(steps).text?.id).not.toBe(newStep(steps).text?.id)
})

const written = (subject: string, bodyText: string, reply = false) => {
  const step = newStep([])
  return { ...step, reply, text: step.text && { ...step.text, subject, bodyText } }
}

it('saves the text of a step with it; one that replies has the subject of its thread', () => {
  const first = written('About {{ city }}', 'Hello')
  const [one, two, three] = stepsToSave([first, written('Mine', 'Again', true), step('a', 2)])
  expect(one).toEqual({
    text: { id: first.text?.id, subject: 'About {{ city }}', bodyText: 'Hello', bodyHtml: null, confirmedTexts: [] },
    daysAfterPrevious: 0,
    replyInThread: false,
  })
  expect(two).toMatchObject({ text: { subject: '', bodyText: 'Again' }, replyInThread: true })
  expect(three).toEqual({ templateId: 'a', daysAfterPrevious: 2, replyInThread: false })
})

it('keeps what was written while a template stands in for it, and saves the template alone', () => {
  const [saved] = stepsToSave([{ ...written('Mine', 'Hello'), own: false, templateId: 'a' }])
  expect(saved).toEqual({ templateId: 'a', daysAfterPrevious: 0, replyInThread: false })
})

it('copies a step with a text that is its own again', () => {
  const first = written('Mine', 'Hello')
  const copy = copyOf(first)
  expect(copy).toMatchObject({ days: 1, text: { subject: 'Mine', bodyText: 'Hello' } })
  expect(copy.text?.id).not.toBe(first.text?.id)
})

it('opens stored steps as they were saved', () => {
  const timing = { daysAfterPrevious: 4, replyInThread: true }
  const text = { id: 't', subject: '', bodyText: 'Again', bodyHtml: null, confirmedTexts: [] }
  const opened = draftSteps([
    { templateId: 'a', text: null, daysAfterPrevious: 0, replyInThread: false },
    { templateId: 't', text, ...timing },
  ])
  expect(stepsToSave(opened)).toEqual([
    { templateId: 'a', daysAfterPrevious: 0, replyInThread: false },
    { text, ...timing },
  ])
})

it('names the first part that nobody has written yet', () => {
  const problemOf = (...steps: Parameters<typeof draftProblem>[0]['steps']) =>
    draftProblem({ name: 'x', description: '', steps })
  expect(problemOf(newStep([]))).toBe('Write the subject of step 1.')
  expect(problemOf(written('Mine', ' '))).toBe('Write the text of step 1.')
  expect(problemOf(written('Mine', 'Hello'), written('', '', true))).toBe('Write the text of step 2.')
  expect(problemOf(written('Mine', 'Hello'), written('', 'Again', true))).toBeNull()
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

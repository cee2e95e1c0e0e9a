'use client'

import { ArrowDown, ArrowUp, Copy, Mail, Pencil, Trash2 } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { ChoiceButtons } from '@/components/ui/fields/choice-buttons'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { Skeleton } from '@/components/ui/skeleton'
import { subjectWords } from '@/domain/templates/title'
import { api } from '@/trpc/react'
import type { TemplateChoices } from '../api-types'
import type { TemplateChoice } from './template-choice'
import { type DraftStep, newText, ownTextOf } from './workflow-draft'

const textEditor = later(() => import('./step-text-editor'))
const templateChoice = later(() => import('./template-choice'))

const SOURCES = [
  { value: 'own', label: 'Write it here' },
  { value: 'template', label: 'Use a template' },
] as const

type Acts = {
  index: number
  count: number
  onMove: (to: number) => void
  onDuplicate: (() => void) | undefined
  onRemove: () => void
}

/** How the text of a step is edited. */
export type TextEditing = {
  /** The one step that is being written. */
  open: boolean
  /** A person asked for it. */
  focused: boolean
  onOpen: () => void
  /** In one column. */
  stacked: boolean
  /** Stores the step, where that goes by itself. */
  store: (() => Promise<unknown>) | undefined
}

/** One email: its own text or which template, and whether it answers in the thread of the emails before. */
export function StepCard({
  step,
  index,
  count,
  thread,
  templates,
  marked,
  editing,
  onChange,
  onMove,
  onDuplicate,
  onRemove,
}: Acts & {
  step: DraftStep
  /** The subject of the first email. */
  thread: string
  templates: TemplateChoices
  marked: boolean
  editing: TextEditing
  onChange: (patch: Partial<DraftStep>) => void
}) {
  const text = ownTextOf(step)
  const write = useWriting(step, onChange, editing.onOpen)
  const replies = index > 0 && step.reply
  return (
    <li data-step={step.key} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Card aria-label={`Step ${index + 1}`} className="px-[18px] pt-2.5 pb-4">
        <div className="mb-2 flex items-center gap-2">
          <Mail aria-hidden className="size-4 text-ink-2" />
          <h2 className="flex-1 font-semibold text-control">Email {index + 1}</h2>
          <StepActs index={index} count={count} onMove={onMove} onDuplicate={onDuplicate} onRemove={onRemove} />
        </div>
        <ChoiceButtons
          legend={`Text of step ${index + 1}`}
          options={SOURCES}
          value={text ? 'own' : 'template'}
          onChange={(source) => (source === 'own' ? void write() : onChange({ own: false }))}
        />
        {!text && <ChosenTemplate step={step} templates={templates} marked={marked} onChange={onChange} />}
        {text && !editing.open && (
          <Written
            subject={replies ? `Re: ${thread}` : text.subject}
            bodyText={text.bodyText}
            number={index + 1}
            onOpen={editing.onOpen}
          />
        )}
        {index > 0 ? (
          <Checkbox
            className="mt-1.5"
            label="Reply in the same thread"
            hint={step.reply ? replyWords(text !== null, thread) : undefined}
            checked={step.reply}
            onChange={(event) => onChange({ reply: event.target.checked })}
          />
        ) : (
          <p className="mt-2 text-caption text-ink-3">Goes out when the campaign starts.</p>
        )}
      </Card>
      {text && editing.open && (
        <Deferred part={textEditor} waiting={<TextSkeleton />}>
          {({ StepTextEditor }) => (
            <StepTextEditor
              key={text.id}
              text={text}
              thread={replies ? thread : null}
              marked={marked}
              stacked={editing.stacked}
              focused={editing.focused}
              store={editing.store}
              onChange={(patch) => onChange({ text: { ...text, ...patch } })}
              onListed={(templateId) => onChange({ own: false, text: null, templateId })}
            />
          )}
        </Deferred>
      )}
    </li>
  )
}

/** Which template the step sends. */
function ChosenTemplate(props: ComponentProps<typeof TemplateChoice>) {
  return (
    <Deferred part={templateChoice} waiting={<Skeleton className="mt-2.5 h-14" />}>
      {({ TemplateChoice }) => <TemplateChoice {...props} />}
    </Deferred>
  )
}

/** What is written in a step that nobody edits now. */
function Written({
  subject,
  bodyText,
  number,
  onOpen,
}: {
  subject: string
  bodyText: string
  number: number
  onOpen: () => void
}) {
  return (
    <div className="mt-2.5 flex items-center gap-3">
      <p className="min-w-0 flex-1 text-control [overflow-wrap:anywhere]">
        <span className="block font-medium">{subjectWords(subject) || 'No subject yet'}</span>
        <span className="line-clamp-2 text-caption text-ink-3">{bodyText.trim() || 'No text yet'}</span>
      </p>
      <Button size="sm" icon={Pencil} aria-label={`Edit step ${number}`} onClick={onOpen}>
        Edit
      </Button>
    </div>
  )
}

/** Begins the step's own text: what was written in it before, else a copy of the template, which stays as it is. */
function useWriting(
  { text, templateId }: DraftStep,
  onChange: (patch: Partial<DraftStep>) => void,
  onOpen: () => void,
) {
  const { client } = api.useUtils()
  return async () => {
    if (text && (text.subject.trim() || text.bodyText.trim() || !templateId)) onChange({ own: true })
    else {
      const like = templateId ? await client.templates.get.query({ id: templateId }).catch(() => null) : null
      onChange({ own: true, text: newText(like ? { ...like, bodyHtml: like.bodyHtml ?? '' } : undefined) })
    }
    onOpen()
  }
}

const replyWords = (own: boolean, thread: string) => {
  if (!own) return 'Its own subject is not used: it answers the first email.'
  const subject = subjectWords(thread)
  return subject
    ? `It answers the first email, under “Re: ${subject}”.`
    : 'It answers the first email, under its subject.'
}

function TextSkeleton() {
  return (
    <Card role="status" className="grid gap-4 p-[18px]">
      <span className="sr-only">Loading the editor</span>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-48 w-full" />
    </Card>
  )
}

function StepActs({ index, count, onMove, onDuplicate, onRemove }: Acts) {
  const name = `step ${index + 1}`
  return (
    <div className="-mr-2 flex">
      <IconButton
        icon={ArrowUp}
        label={`Move ${name} up`}
        data-move="up"
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${name} down`}
        data-move="down"
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
      <IconButton icon={Copy} label={`Duplicate ${name}`} disabled={!onDuplicate} onClick={onDuplicate} />
      <IconButton icon={Trash2} label={`Remove ${name}`} disabled={count === 1} onClick={onRemove} />
    </div>
  )
}

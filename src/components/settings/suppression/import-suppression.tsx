'use client'

import { useMutation } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { formatCount } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { upload } from '@/components/uploads/upload'
import type { SuppressionReason } from '@/domain/lead/suppression'
import type { CandidateColumn } from '@/domain/lead/suppression-columns'
import { api, detailsOf, messageOf } from '@/trpc/react'
import type { SuppressionImport } from '../api-types'
import { effectWords, importWords, notRecordedWords, REASON_OPTIONS } from './suppression-text'
import { UnconfirmedDomains } from './unconfirmed-domains'

/** The button, and the dialog that takes many addresses and domains, one a line; then says what became of each. */
export function ImportSuppression() {
  const formId = useId()
  const [open, setOpen] = useState(false)
  const work = useSuppressionImport()
  const { load, reason } = work
  const done = load.data
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) work.reset()
  }
  return (
    <>
      <Button icon={Upload} onClick={() => setOpen(true)}>
        Import
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={done ? 'Import done' : 'Import addresses and domains'}
        footer={
          done ? (
            <Button variant="primary" onClick={() => change(false)}>
              Close
            </Button>
          ) : (
            <>
              <Button onClick={() => change(false)}>Cancel</Button>
              <Button type="submit" form={formId} variant="primary" pending={load.isPending}>
                {load.isPending ? 'Importing' : 'Import'}
              </Button>
            </>
          )
        }
      >
        {done ? <Done done={done} reason={reason} /> : <LinesForm id={formId} work={work} />}
      </Dialog>
    </>
  )
}

type Work = ReturnType<typeof useSuppressionImport>

/** The lines as they are typed, and the column that counts where the server asks for one. */
function useSuppressionImport() {
  const utils = api.useUtils()
  const [text, setText] = useState('')
  const [reason, setReason] = useState<SuppressionReason>('manual')
  const [problem, setProblem] = useState<string | null>(null)
  const [candidates, setCandidates] = useState<readonly CandidateColumn[]>([])
  const [column, setColumn] = useState<string | null>(null)
  const load = useMutation({
    // As a file: a list may be longer than a call may be.
    mutationFn: async ({ lines, ...input }: { lines: string; reason: SuppressionReason; column?: number }) => {
      const fileName = 'Pasted lines'
      const uploadId = await upload({ fileName, content: new Blob([lines.replaceAll('\0', '')]) })
      return utils.client.suppression.import.mutate({ ...input, fileName, uploadId })
    },
    onSuccess: () => utils.suppression.list.invalidate(),
    onError: (error) => {
      const found = detailsOf(error)?.candidates
      setCandidates(Array.isArray(found) ? (found as CandidateColumn[]) : [])
      setProblem(messageOf(error))
    },
  })
  const type = (next: string) => {
    setText(next)
    setProblem(null)
    setCandidates([])
    setColumn(null)
  }
  return {
    text,
    reason,
    problem,
    candidates,
    column,
    load,
    type,
    setReason,
    choose: (next: string) => {
      setColumn(next)
      setProblem(null)
    },
    submit: (event: FormEvent) => {
      event.preventDefault()
      const chosen = column === null ? {} : { column: Number(column) }
      if (text.trim()) load.mutate({ lines: text, reason, ...chosen })
      else setProblem('Paste at least one line.')
    },
    reset: () => {
      type('')
      load.reset()
    },
  }
}

function LinesForm({ id, work }: { id: string; work: Work }) {
  const { candidates } = work
  return (
    <form id={id} onSubmit={work.submit} noValidate className="grid gap-4">
      <Field
        label="One address or domain a line"
        hint="Rows of a CSV file work too: the column of addresses is taken, or that of domains."
        error={work.problem}
        required
      >
        <Textarea
          code
          rows={8}
          value={work.text}
          onChange={({ target }) => work.type(target.value)}
          placeholder={'ada@company.com\ncompetitor.com'}
          spellCheck={false}
        />
      </Field>
      {candidates.length > 0 && (
        <Field label="Column" hint="Whose addresses or domains go on the list." required>
          <Select options={candidates.map(columnOption)} value={work.column} onValueChange={work.choose} />
        </Field>
      )}
      <Field label="Reason">
        <Select value={work.reason} onValueChange={work.setReason} options={REASON_OPTIONS} />
      </Field>
    </form>
  )
}

const columnOption = ({ column, name, samples }: CandidateColumn) => ({
  value: String(column),
  label: name || `Column ${column + 1}`,
  hint: samples.join(', '),
})

const toneOf = ({ invalid, notRecorded }: SuppressionImport) => (notRecorded ? 'failed' : invalid > 0 ? 'held' : 'sent')

function Done({ done, reason }: { done: SuppressionImport; reason: SuppressionReason }) {
  const more = done.invalid + done.duplicate - done.problems.length
  return (
    <div className="grid gap-3" role="status">
      <Callout tone={toneOf(done)} title={importWords(done)}>
        {effectWords(done)}
      </Callout>
      {done.notRecorded && (
        <Field label="Not recorded" hint={notRecordedWords(done.notRecorded.length)}>
          <Textarea code rows={6} readOnly value={done.notRecorded.map(({ value }) => value).join('\n')} />
        </Field>
      )}
      {done.unconfirmed && <UnconfirmedDomains domains={done.unconfirmed} reason={reason} />}
      {done.problems.length > 0 && (
        <ul aria-label="Lines left out" className="grid max-h-[240px] gap-1.5 overflow-y-auto">
          {done.problems.map(({ line, problem }) => (
            <li key={line} className="grid grid-cols-[64px_1fr] gap-2">
              <span className="text-ink-3">Line {line}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">{problem}</span>
            </li>
          ))}
          {more > 0 && <li className="text-ink-3">and {formatCount(more)} more, which are counted and not listed</li>}
        </ul>
      )}
    </div>
  )
}

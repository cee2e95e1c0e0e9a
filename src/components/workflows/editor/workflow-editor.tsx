'use client'

import { Copy, Redo2, Save, Trash2, Undo2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
import { focusFirstError } from '@/components/hooks/focus-first-error'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveShortcut } from '@/components/hooks/use-save-shortcut'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { SaveAnywayDialog } from '@/components/templates/editor/save-anyway-dialog'
import { SavedState } from '@/components/templates/saved-state'
import { Button, IconButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Split } from '@/components/ui/layout'
import { Menu } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import { messageOf } from '@/trpc/react'
import type { WorkflowDetails } from '../api-types'
import { DeleteWorkflowDialog } from '../delete-workflow-dialog'
import { useDuplicateWorkflow } from '../use-duplicate-workflow'
import { WORKFLOW_CRUMBS } from './editor-skeleton'
import { StepList } from './step-list'
import { Timeline } from './timeline'
import { useSaveWorkflow } from './use-save-workflow'
import { useStepHistory } from './use-step-history'
import { type DraftStep, NO_NAME, type WorkflowDraft } from './workflow-draft'
import { WorkflowUsage } from './workflow-usage'

/** Puts emails in a row with days between them, beside the days on which a lead gets them. */
export function WorkflowEditor({ saved, workflow }: { saved: WorkflowDraft; workflow?: WorkflowDetails }) {
  const router = useRouter()
  const form = useKeptDraft(`workflow:${workflow?.id ?? 'new'}`, saved, workflow?.updatedAt ?? null)
  const { draft, change } = form
  const templates = useTemplateChoices(draft.steps.map(({ templateId }) => templateId))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` only ever sets state
  const apply = useCallback((steps: DraftStep[]) => change({ steps }), [])
  const history = useStepHistory(draft.steps, apply)
  const duplicate = useDuplicateWorkflow()
  const fields = useRef<HTMLDivElement>(null)
  const [marked, setMarked] = useState(false)
  const { save, saving, question } = useSaveWorkflow({
    id: workflow?.id,
    form,
    onProblem: () => {
      setMarked(true)
      focusFirstError(fields.current)
    },
  })
  const [deleting, setDeleting] = useState(false)
  useSaveShortcut(save)
  return (
    <>
      <PageHeader
        crumbs={WORKFLOW_CRUMBS}
        title={workflow ? workflow.name : 'New workflow'}
        actions={
          <>
            <SavedState dirty={form.dirty} savedAt={workflow?.updatedAt ?? null} />
            <span className="flex">
              <IconButton icon={Undo2} label="Undo" disabled={!history.canUndo} onClick={history.undo} />
              <IconButton icon={Redo2} label="Redo" disabled={!history.canRedo} onClick={history.redo} />
            </span>
            <Button variant="primary" icon={Save} onClick={save} pending={saving} aria-keyshortcuts="Control+S Meta+S">
              Save
            </Button>
            {workflow && (
              <Menu
                label={`More for ${workflow.name}`}
                items={[
                  { label: 'Duplicate', icon: Copy, onSelect: () => duplicate(workflow.id), hint: 'As it is saved' },
                  'separator',
                  { label: 'Delete…', icon: Trash2, tone: 'danger', onSelect: () => setDeleting(true) },
                ]}
              />
            )}
          </>
        }
      />
      <div ref={fields}>
        <Split aside={<Timeline steps={draft.steps} templates={templates.rows ?? []} />} asideLabel="Days">
          <WorkflowUsage form={form} reach={workflow?.reach ?? null} />
          <NameFields draft={draft} marked={marked} onChange={change} />
          {templates.error && !templates.rows ? (
            <ErrorState title={messageOf(templates.error)} untouched="Nothing was changed." />
          ) : (
            <StepList steps={draft.steps} templates={templates} marked={marked} stacked onChange={history.change} />
          )}
        </Split>
      </div>
      <SaveAnywayDialog question={question} />
      {workflow && (
        <DeleteWorkflowDialog
          workflow={workflow}
          open={deleting}
          onOpenChange={setDeleting}
          onDeleted={() => {
            form.forget()
            router.push(routes.workflows)
          }}
        />
      )}
    </>
  )
}

function NameFields({
  draft,
  marked,
  onChange,
}: {
  draft: WorkflowDraft
  /** It was to be saved. */
  marked: boolean
  onChange: (patch: Partial<WorkflowDraft>) => void
}) {
  return (
    <Card className="grid gap-4 p-[18px] sm:grid-cols-2">
      <Field label="Name" error={marked && !draft.name.trim() ? NO_NAME : undefined} required>
        <Input value={draft.name} maxLength={120} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label="Description" optional>
        <Input
          value={draft.description}
          maxLength={2000}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
    </Card>
  )
}

'use client'

import { Copy, Save, Send, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveShortcut } from '@/components/hooks/use-save-shortcut'
import { Button } from '@/components/ui/button'
import { Stack } from '@/components/ui/layout'
import { Menu } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import type { TemplateDetails, TemplateProblem } from '../api-types'
import { DeleteTemplateDialog } from '../delete-template-dialog'
import { SavedState } from '../saved-state'
import { useDuplicateTemplate } from '../use-duplicate-template'
import { PreviewCard } from './preview-card'
import { ProblemList } from './problem-list'
import { SaveAnywayDialog } from './save-anyway-dialog'
import { SendTestDialog } from './send-test-dialog'
import { shownProblems } from './shown-problems'
import type { TemplateDraft } from './template-draft'
import { TemplateFields } from './template-fields'
import { TemplateUsage } from './template-usage'
import { usePreview } from './use-preview'
import { useSaveTemplate } from './use-save-template'
import { useTextInsertion } from './use-text-insertion'
import { VariableList } from './variable-list'

export const TEMPLATE_CRUMBS = [{ label: 'Templates', href: routes.templates }]

/** Writes a template beside a live preview of what a lead would get. */
export function TemplateEditor({ saved, template }: { saved: TemplateDraft; template?: TemplateDetails }) {
  const router = useRouter()
  const form = useKeptDraft(`template:${template?.id ?? 'new'}`, saved, template?.updatedAt ?? null)
  const { draft } = form
  const preview = usePreview(draft)
  const insertion = useTextInsertion()
  const [typing, setTyping] = useState<TemplateProblem['part']>(null)
  const problems = preview.data && shownProblems(preview.data.problems, typing)
  const duplicate = useDuplicateTemplate()
  const { save, saving, question } = useSaveTemplate({ id: template?.id, form })
  const [dialog, setDialog] = useState<'test' | 'delete' | null>(null)
  const close = (open: boolean) => !open && setDialog(null)
  useSaveShortcut(save)
  return (
    <>
      <PageHeader
        crumbs={TEMPLATE_CRUMBS}
        title={template ? template.name : 'New template'}
        actions={
          <>
            <SavedState dirty={form.dirty} savedAt={template?.updatedAt ?? null} />
            {template && (
              <Menu
                label={`More for ${template.name}`}
                items={[
                  { label: 'Duplicate', icon: Copy, onSelect: () => duplicate(template.id), hint: 'As it is saved' },
                  'separator',
                  { label: 'Delete…', icon: Trash2, tone: 'danger', onSelect: () => setDialog('delete') },
                ]}
              />
            )}
            <Button icon={Send} onClick={() => setDialog('test')}>
              Send test
            </Button>
            <Button variant="primary" icon={Save} onClick={save} pending={saving} aria-keyshortcuts="Control+S Meta+S">
              Save
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <Stack>
          <TemplateUsage form={form} use={template?.usedBy} />
          <TemplateFields {...{ draft, insertion, problems }} onChange={form.change} onTyping={setTyping} />
          <VariableList
            rates={preview.data?.fillRates}
            totalLeads={preview.data?.totalLeads}
            onInsert={insertion.insert}
          />
        </Stack>
        <Stack className="lg:sticky lg:top-5">
          <ProblemList
            problems={problems}
            confirmed={draft.confirmedTexts ?? []}
            onConfirm={(confirmedTexts) => form.change({ confirmedTexts })}
          />
          <PreviewCard preview={preview} hasHtml={draft.bodyHtml.trim() !== ''} />
        </Stack>
      </div>
      <SaveAnywayDialog question={question} />
      <SendTestDialog draft={draft} lead={preview.data?.lead ?? null} open={dialog === 'test'} onOpenChange={close} />
      {template && (
        <DeleteTemplateDialog
          template={template}
          open={dialog === 'delete'}
          onOpenChange={close}
          onDeleted={() => {
            form.forget()
            router.push(routes.templates)
          }}
        />
      )}
    </>
  )
}

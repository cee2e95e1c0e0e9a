'use client'

import { Copy, Save, Send, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveShortcut } from '@/components/hooks/use-save-shortcut'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Menu } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import type { TemplateDetails } from '../api-types'
import { DeleteTemplateDialog } from '../delete-template-dialog'
import { SavedState } from '../saved-state'
import { useDuplicateTemplate } from '../use-duplicate-template'
import { SaveAnywayDialog } from './save-anyway-dialog'
import { SendTestDialog } from './send-test-dialog'
import type { TemplateDraft } from './template-draft'
import { TemplateUsage } from './template-usage'
import { TextEditor } from './text-editor'
import { usePreview } from './use-preview'
import { type TemplateForm, useSaveTemplate } from './use-save-template'

export const TEMPLATE_CRUMBS = [{ label: 'Templates', href: routes.templates }]

const saveAs = later(() => import('./save-as-dialog'))

/** The way to what a text belongs to. */
const crumbsOf = ({ kind, id, name }: NonNullable<TemplateDetails['owner']>) =>
  kind === 'campaign'
    ? [
        { label: 'Campaigns', href: routes.campaigns() },
        { label: name, href: routes.campaign(id) },
      ]
    : [
        { label: 'Workflows', href: routes.workflows },
        { label: name, href: routes.workflow(id) },
      ]

/** Writes a template, or the text that belongs to a step, beside a live preview of what a lead would get. */
export function TemplateEditor({ saved, template }: { saved: TemplateDraft; template?: TemplateDetails }) {
  const form = useKeptDraft(`template:${template?.id ?? 'new'}`, saved, template?.updatedAt ?? null)
  const { draft } = form
  const preview = usePreview(draft)
  const owner = template?.owner ?? null
  const duplicate = useDuplicateTemplate()
  const { save, saving, question } = useSaveTemplate({ id: template?.id, form, ownText: owner !== null })
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const close = (open: boolean) => !open && setDialog(null)
  useSaveShortcut(save)
  return (
    <>
      <PageHeader
        crumbs={owner ? crumbsOf(owner) : TEMPLATE_CRUMBS}
        title={template ? template.title : 'New template'}
        actions={
          <>
            <SavedState dirty={form.dirty} savedAt={template?.updatedAt ?? null} />
            {owner && <Button onClick={() => setDialog('save-as')}>Save as template…</Button>}
            <Button icon={Send} onClick={() => setDialog('test')}>
              Send test
            </Button>
            <Button variant="primary" icon={Save} onClick={save} pending={saving} aria-keyshortcuts="Control+S Meta+S">
              Save
            </Button>
            {template && !owner && (
              <Menu
                label={`More for ${template.name}`}
                items={[
                  { label: 'Duplicate', icon: Copy, onSelect: () => duplicate(template.id), hint: 'As it is saved' },
                  'separator',
                  { label: 'Delete…', icon: Trash2, tone: 'danger', onSelect: () => setDialog('delete') },
                ]}
              />
            )}
          </>
        }
      />
      <TextEditor
        draft={draft}
        preview={preview}
        onChange={form.change}
        notice={<TemplateUsage form={form} use={template?.usedBy} />}
        head={
          !owner && (
            <Field label="Name" hint="For you and your team; leads never see it." required>
              <Input
                value={draft.name}
                maxLength={120}
                onChange={(event) => form.change({ name: event.target.value })}
              />
            </Field>
          )
        }
      />
      <SaveAnywayDialog question={question} />
      <SendTestDialog draft={draft} lead={preview.data?.lead ?? null} open={dialog === 'test'} onOpenChange={close} />
      {template && <DialogsOf template={template} form={form} dialog={dialog} close={close} />}
    </>
  )
}

type DialogName = 'test' | 'delete' | 'save-as'

/** The dialogs of what is saved: a text of a step becomes a template, and a template is deleted. */
function DialogsOf({
  template,
  form,
  dialog,
  close,
}: {
  template: TemplateDetails
  form: TemplateForm
  dialog: DialogName | null
  close: (open: boolean) => void
}) {
  const router = useRouter()
  return template.owner ? (
    <LaterDialog part={saveAs} open={dialog === 'save-as'} onOpenChange={close}>
      {({ SaveAsDialog }) => (
        <SaveAsDialog
          textId={template.id}
          draft={form.draft}
          open={dialog === 'save-as'}
          onOpenChange={close}
          onSaved={form.forget}
        />
      )}
    </LaterDialog>
  ) : (
    <DeleteTemplateDialog
      template={template}
      open={dialog === 'delete'}
      onOpenChange={close}
      onDeleted={() => {
        form.forget()
        router.push(routes.templates)
      }}
    />
  )
}

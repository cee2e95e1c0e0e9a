import { z } from 'zod'
import { confirmedTextsInput, contentInput } from '@/domain/templates/content-input'
import { createTemplate } from '@/use-cases/templates/create-template'
import { deleteTemplate } from '@/use-cases/templates/delete-template'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { listTestMailboxes } from '@/use-cases/templates/list-test-mailboxes'
import { previewTemplate } from '@/use-cases/templates/preview-template'
import { saveOwnText } from '@/use-cases/templates/save-own-text'
import { sendTest } from '@/use-cases/templates/send-test'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { namedListInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const id = z.object({ id: z.uuid() })
const template = {
  name: z.string().trim().min(1, 'Give the template a name.').max(120),
  ...contentInput,
  confirmedTexts: confirmedTextsInput,
}
const choice = z.union([z.object({ templateId: z.uuid() }), z.object(contentInput)])
const lead = z
  .union([
    z.object({ id: z.uuid() }),
    z.object({ index: z.int().min(0).max(999) }),
    z.object({ after: z.uuid() }),
    z.object({ before: z.uuid() }),
    z.literal('worst'),
  ])
  .optional()

export const templatesRouter = createRouter({
  list: procedure.input(namedListInput.prefault({})).query(({ ctx, input }) => listTemplates(ctx.deps, input)),
  get: procedure.input(id).query(({ ctx, input }) => getTemplate(ctx.deps, input)),
  create: procedure
    .input(z.object(template))
    .mutation(({ ctx, input }) => createTemplate(ctx.deps, { ...input, by: ctx.user.id })),
  update: procedure
    .input(
      id.extend({
        ...template,
        // The text of a step has none.
        name: template.name.optional(),
        seenAt: z.date().optional(),
        confirmed: z.boolean().optional(),
      }),
    )
    .mutation(({ ctx, input }) => updateTemplate(ctx.deps, { ...input, by: ctx.user.id })),
  /** "Save as template" in a step. */
  saveOwnText: procedure
    .input(id.extend(template))
    .mutation(({ ctx, input }) => saveOwnText(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure.input(id).mutation(({ ctx, input }) => deleteTemplate(ctx.deps, { ...input, by: ctx.user.id })),
  // Reads only, but a whole body doesn't fit into the address of a GET.
  preview: procedure
    .input(z.object({ template: choice, lead }))
    .mutation(({ ctx, input }) => previewTemplate(ctx.deps, input)),
  /** What a test email can go out from, and where it goes without a choice. */
  testMailboxes: procedure.query(async ({ ctx }) => ({
    ...(await listTestMailboxes(ctx.deps)),
    to: ctx.user.email,
  })),
  sendTest: procedure
    .input(z.object({ template: choice, lead, to: z.string().trim().max(320), mailboxId: z.uuid().optional() }))
    .mutation(({ ctx, input }) => sendTest(ctx.deps, { ...input, by: ctx.user.id })),
})

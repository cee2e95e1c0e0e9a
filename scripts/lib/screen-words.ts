import ts from 'typescript'

/** Words that screens do not use, and the words instead (CONTRIBUTING, "Words on screens"). */
const RETIRED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bmails\b/i, 'emails'],
  [/(?<!-)\bmail\b(?!-| server| program)/i, 'email'],
  [/\be-mails?\b/i, 'email'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\b(?:leads?|credits?|emails?|attempts?) an? (?:run|day|source|email)\b/i, '"per", as in "leads per run"'],
  [/\bfirst request\b|\bproduct rule\b/i, 'the rule itself'],
]

// Their contents are no text.
const CODE_ATTRIBUTES = new Set(['className', 'href', 'htmlFor', 'id', 'key', 'name'])

/** Complaints about retired words in the texts of a source file: its strings, templates and JSX text, not its code. */
export function wordComplaints(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const complaints: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return
    if (ts.isJsxAttribute(node) && CODE_ATTRIBUTES.has(node.name.getText(source))) return
    if (isText(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      for (const [pattern, instead] of RETIRED) {
        const found = pattern.exec(node.text)
        if (found) complaints.push(`${path}:${line + 1}: "${found[0]}" is not said on screens; say ${instead}`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return complaints
}

const isText = (node: ts.Node): node is ts.StringLiteral | ts.TemplateLiteralLikeNode | ts.JsxText =>
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node) ||
  ts.isJsxText(node)

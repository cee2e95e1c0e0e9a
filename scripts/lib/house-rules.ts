import { dirname } from 'node:path'
import ts from 'typescript'
import { RETIRED_NAMES } from './retired-names'
import type { Source } from './sources'

const MOST_LINES_OF_A_FILE = 250
const MOST_LINES_OF_A_FUNCTION = 80
const MOST_FILES_OF_A_FOLDER = 25
// Recorded facts are data, and the database client is generated: nobody reads them from top to bottom.
const DATA = /^tests\/fixtures\/|^src\/db\/generated\//

/** Complaints about sizes and retired names in the sources, a line each: where, and what to do. */
export function houseComplaints(sources: readonly Source[]): string[] {
  const code = sources.filter(({ path }) => !DATA.test(path))
  return [...crowdedFolders(code), ...code.flatMap((source) => [...longFile(source), ...complaintsWithin(source)])]
}

function crowdedFolders(sources: readonly Source[]): string[] {
  return [...Map.groupBy(sources, ({ path }) => dirname(path))]
    .filter(([, files]) => files.length > MOST_FILES_OF_A_FOLDER)
    .map(
      ([folder, { length }]) => `${folder}: ${length} files, at most ${MOST_FILES_OF_A_FOLDER}: make rooms by subject`,
    )
}

function longFile({ path, text }: Source): string[] {
  const lines = text.split('\n').length - 1
  return lines > MOST_LINES_OF_A_FILE
    ? [`${path}: ${lines} lines, at most ${MOST_LINES_OF_A_FILE}: split it by what it does`]
    : []
}

/** Functions that are too long, look-ups whose callers name the rows, and identifiers that are called something else now. */
function complaintsWithin({ path, text }: Source): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const complaints: string[] = []
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const now = RETIRED_NAMES.get(node.text)
      if (now && !isForeign(path, node))
        complaints.push(`${path}:${lineOf(node.getStart(source))}: "${node.text}" is called ${now} now`)
    }
    if (!path.startsWith('src/db/') && namesRowsElsewhere(node))
      complaints.push(
        `${path}:${lineOf(node.getStart(source))}: name what the rows are beside their SQL, not where it is called`,
      )
    if (isFunction(node) && !isSuite(node)) {
      const first = lineOf(node.getStart(source))
      const lines = lineOf(node.end) - first + 1
      if (lines > MOST_LINES_OF_A_FUNCTION)
        complaints.push(`${path}:${first}: a function of ${lines} lines, at most ${MOST_LINES_OF_A_FUNCTION}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return complaints
}

/**
 * A look-up of any SQL that others may call, who then say what its rows are; or a call of the door to the database that
 * says so, outside of the statements.
 */
function namesRowsElsewhere(node: ts.Node): boolean {
  if (ts.isTypeParameterDeclaration(node))
    return node.constraint?.getText() === 'QueryResultRow' && isExported(node.parent)
  if (ts.isTaggedTemplateExpression(node)) return isDoor(node.tag, node.typeArguments)
  return ts.isCallExpression(node) && isDoor(node.expression, node.typeArguments)
}

const isDoor = (called: ts.Node, types: ts.NodeArray<ts.TypeNode> | undefined): boolean =>
  types !== undefined && /^(query|queryOne|queryPrepared)$|\.\$queryRaw(Unsafe)?$/.test(called.getText())

/** Whether a function may be called from elsewhere: one that is exported, or part of what a function returns or an object holds. */
function isExported(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node.parent) || ts.isReturnStatement(node.parent) || ts.isMethodDeclaration(node))
    return true
  const declared = ts.isVariableDeclaration(node.parent) ? node.parent.parent.parent : node
  return (
    ts.canHaveModifiers(declared) &&
    (ts.getModifiers(declared) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

/** Names that are not ours: of icons, and of the protocol where messages are made and sent. */
const isForeign = (path: string, node: ts.Identifier): boolean =>
  /^src\/mail\/|^tests\/(unit\/mail|worker\/mail|chaos|support)\/|smtp/.test(path) ||
  (/^Mails?$/.test(node.text) && /\.tsx$/.test(path))

const isFunction = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node)

// A suite is a list of tests, each of which is read by itself.
const isSuite = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) && /^(describe|test\.describe)\b/.test(node.parent.expression.getText())

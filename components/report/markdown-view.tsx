"use client"
import type { BlockContent, DefinitionContent, PhrasingContent, RootContent, Table } from "mdast"
import { Fragment, type ReactNode, useMemo } from "react"
import { Notice } from "@/components/ui/notice"
import { Scrollable } from "@/components/ui/scrollable"
import { parseMarkdown } from "@/lib/client/parse-markdown"
import { tooIntricate } from "@/lib/domain/report/markdown-pieces"
import { safeLink } from "@/lib/domain/report/safe-link"

/** Markdown as elements. HTML is shown as it is written, pictures are not loaded, links lead to pages and addresses only. */
export function MarkdownView({ text }: { text: string }) {
  const fault = useMemo(() => tooIntricate(text), [text])
  const nodes = useMemo(() => (fault ? [] : parseMarkdown(text)), [text, fault])
  if (fault) return <Notice tone="warn">This text {fault}. It is not drawn.</Notice>
  return <div className="wrap-anywhere grid min-w-0 grid-cols-1 gap-3">{each(nodes, block)}</div>
}

function each<T>(nodes: readonly T[], draw: (node: T) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place
  return nodes.map((node, index) => <Fragment key={index}>{draw(node)}</Fragment>)
}

const headings = [
  "mt-1 font-semibold text-xl tracking-tight",
  "mt-4 border-b pb-1 font-semibold text-base",
  "mt-2 font-semibold text-sm",
  "font-semibold text-sm",
]

function block(node: RootContent | BlockContent | DefinitionContent): ReactNode {
  switch (node.type) {
    case "heading": {
      // The page has the first two levels.
      const level = Math.min(6, node.depth + 2)
      const Heading = `h${level}` as "h3" | "h4" | "h5" | "h6"
      return <Heading className={headings[node.depth - 1] ?? headings[3]}>{each(node.children, inline)}</Heading>
    }
    case "paragraph":
      return <p>{each(node.children, inline)}</p>
    case "blockquote":
      return (
        <blockquote className="grid grid-cols-1 gap-2 border-line-strong border-l-2 pl-3 text-ink-2">
          {each(node.children, block)}
        </blockquote>
      )
    case "list": {
      const items = node.children.map(({ children }) => children)
      const draw = (children: (BlockContent | DefinitionContent)[]) => <li>{each(children, tight)}</li>
      return node.ordered ? (
        <ol start={node.start ?? 1} className="grid grid-cols-1 list-decimal gap-1 pl-6">
          {each(items, draw)}
        </ol>
      ) : (
        <ul className="grid list-disc grid-cols-1 gap-1 pl-5 marker:text-ink-3">{each(items, draw)}</ul>
      )
    }
    case "table":
      return <TableView table={node} />
    case "code":
    case "html":
      return (
        <Scrollable label="Code" className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
          <pre>{node.value}</pre>
        </Scrollable>
      )
    case "thematicBreak":
      return <hr className="my-2" />
    case "definition":
      return (
        <p className="font-mono text-xs">
          [{node.label ?? node.identifier}]: {node.url}
        </p>
      )
    default:
      return null
  }
}

/** In a list, a paragraph is the line itself. */
function tight(node: BlockContent | DefinitionContent): ReactNode {
  return node.type === "paragraph" ? <span>{each(node.children, inline)}</span> : block(node)
}

function TableView({ table }: { table: Table }) {
  const [head, ...rows] = table.children
  return (
    <Scrollable label="Table" className="min-w-0 overflow-x-auto">
      <table className="w-full min-w-max border-collapse text-left text-sm sm:min-w-0">
        <thead>
          <tr className="border-line-strong border-b text-ink-2 text-xs">
            {each(head?.children ?? [], (cell) => (
              <th scope="col" className="py-1.5 pr-4 align-bottom font-medium">
                {each(cell.children, inline)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {each(rows, (row) => (
            <tr className="border-b align-top last:border-0">
              {each(row.children, (cell) => (
                <td className="min-w-16 max-w-96 break-words py-1.5 pr-4">{each(cell.children, inline)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

function inline(node: PhrasingContent): ReactNode {
  switch (node.type) {
    case "text":
      return node.value
    case "strong":
      return <strong className="font-semibold">{each(node.children, inline)}</strong>
    case "emphasis":
      return <em>{each(node.children, inline)}</em>
    case "inlineCode":
    case "html":
      return <code className="rounded bg-hover px-1 font-mono text-[0.92em]">{node.value}</code>
    case "break":
      return <br />
    case "link": {
      const href = safeLink(node.url)
      if (!href) return <>{each(node.children, inline)}</>
      return (
        <a href={href} rel="noreferrer noopener" target="_blank" className="text-accent underline underline-offset-2">
          {each(node.children, inline)}
        </a>
      )
    }
    case "image":
    case "imageReference":
      return `[${node.alt || "picture"}]`
    default:
      return "children" in node ? each(node.children as PhrasingContent[], inline) : null
  }
}

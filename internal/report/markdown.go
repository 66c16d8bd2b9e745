package report

import (
	"net/url"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"ddmon/internal/render/safe"
)

// markdown is an element of a message. The page template writes it, and escapes its text and its link.
type markdown struct {
	// Kind is text, break, or the name of an HTML element.
	Kind     safe.Text
	Text     safe.Text
	Link     safe.Text
	Start    int // the number of the first item of a list
	Children []markdown
}

// newMarkdownParser returns a parser for CommonMark and bare links. HTML is not part of the syntax: it is shown as text.
func newMarkdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100), util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500), util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700), util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100), util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300), util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)
}

// Limits of a rendered message. One that exceeds them is shown as plain text.
const (
	maxMarkdownDepth = 24
	maxMarkdownSize  = 8 * maxMessage
)

// renderMarkdown converts a message to elements.
func renderMarkdown(p parser.Parser, message string) []markdown {
	source := []byte(message)
	r := markdownReader{source: source, room: maxMarkdownSize}
	all := r.children(p.Parse(text.NewReader(source)), 0)
	if r.exceeded {
		return []markdown{{Kind: "pre", Children: []markdown{{Kind: "text", Text: safe.Lines(message)}}}}
	}
	return all
}

// markdownReader converts the nodes of the parser. Reference links and nested lists can make the result much larger
// than the message.
type markdownReader struct {
	source   []byte
	room     int
	exceeded bool
}

func (r *markdownReader) children(n ast.Node, depth int) (all []markdown) {
	for c := n.FirstChild(); c != nil && !r.exceeded; c = c.NextSibling() {
		all = append(all, r.node(c, depth)...)
	}
	return all
}

// node converts a node to elements; several if the node has none of its own.
func (r *markdownReader) node(n ast.Node, depth int) []markdown {
	const cost = 16
	if r.room -= cost; r.room < 0 || depth > maxMarkdownDepth {
		r.exceeded = true
		return nil
	}
	one := markdown{}
	switch n := n.(type) {
	case *ast.Text:
		return r.line(n)
	case *ast.String:
		return []markdown{r.text(n.Value)}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return []markdown{{Kind: "pre", Children: []markdown{r.text(n.Lines().Value(r.source))}}}
	case *ast.AutoLink:
		label := []markdown{r.text(n.Label(r.source))}
		if n.AutoLinkType == ast.AutoLinkEmail {
			return label
		}
		return r.link(n.URL(r.source), label)
	case *ast.Link:
		return r.link(n.Destination, r.children(n, depth+1))
	case *ast.Image:
		return r.link(n.Destination, r.children(n, depth+1))
	case *ast.ThematicBreak:
		one.Kind = "hr"
	case *ast.Heading:
		one.Kind = "heading"
	case *ast.Paragraph:
		one.Kind = "p"
	case *ast.Blockquote:
		one.Kind = "blockquote"
	case *ast.ListItem:
		one.Kind = "li"
	case *ast.CodeSpan:
		one.Kind = "code"
	case *ast.List:
		if one.Kind = "ul"; n.IsOrdered() {
			one.Kind, one.Start = "ol", n.Start
		}
	case *ast.Emphasis:
		if one.Kind = "em"; n.Level > 1 {
			one.Kind = "strong"
		}
	default: // a block without an element of its own, such as the text of a list item
		return r.children(n, depth+1)
	}
	one.Children = r.children(n, depth+1)
	return []markdown{one}
}

// line converts a text with the line break after it. Datadog keeps the line breaks of a message.
func (r *markdownReader) line(n *ast.Text) []markdown {
	value := n.Value(r.source)
	if _, code := n.Parent().(*ast.CodeSpan); !code && !n.IsRaw() {
		value = unescape(value)
	}
	all := []markdown{r.text(value)}
	if n.SoftLineBreak() || n.HardLineBreak() {
		all = append(all, markdown{Kind: "break"})
	}
	return all
}

func (r *markdownReader) text(value []byte) markdown {
	r.room -= len(value)
	return markdown{Kind: "text", Text: safe.Lines(string(value))}
}

// unescape resolves backslash escapes and entities such as &amp;.
func unescape(value []byte) []byte {
	var out []byte
	from := 0
	resolve := func(to int) {
		out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(value[from:to]))...)
	}
	for i := 0; i+1 < len(value); i++ {
		if value[i] == '\\' && util.IsPunct(value[i+1]) {
			resolve(i)
			out = append(out, value[i+1])
			i++
			from = i + 1
		}
	}
	resolve(len(value))
	return out
}

// link converts a link or an image. One that does not lead to a web page is shown as text, with its destination.
func (r *markdownReader) link(destination []byte, label []markdown) []markdown {
	target := string(util.URLEscape(destination, true))
	r.room -= len(target)
	if len(label) == 0 {
		label = []markdown{r.text([]byte(target))}
	}
	address, err := url.Parse(target)
	if err == nil && (address.Scheme == "http" || address.Scheme == "https") && address.Host != "" {
		return []markdown{{Kind: "a", Link: safe.Line(target), Children: label}}
	}
	return append(label, markdown{Kind: "text", Text: " (" + safe.Line(target) + ")"})
}

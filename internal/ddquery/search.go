package ddquery

import "strings"

// SearchNode is a node of a log search.
type SearchNode interface {
	Node
	search()
}

type (
	// Search is a whole log search; Root is nil for an empty one, which finds everything.
	Search struct {
		Span
		Root SearchNode
	}
	// SearchLogic joins terms; Op is "AND" or "OR". Words holds each operator as written, "" where none was (AND).
	SearchLogic struct {
		Span
		Op    string
		Words []string
		Terms []SearchNode
	}
	// SearchNot excludes X, or with "+" demands it. Op is - ! + or NOT.
	SearchNot struct {
		Span
		Op string
		X  SearchNode
	}
	// SearchGroup is (X).
	SearchGroup struct {
		Span
		X SearchNode
	}
	// SearchField is field:X, X being a value or a group of values.
	SearchField struct {
		Span
		Field *Field
		X     SearchNode
	}
	// Field is what is searched: an attribute (@http.url), a reserved one (service), a tag key, * or #calculated.
	Field struct {
		Span
		Raw string
		// Kind is FieldAttribute, …; Name has no @ or # and no escapes.
		Kind FieldKind
		Name string
	}
	// Term is a word or, with unescaped * or ?, a glob. Text has no escapes.
	Term struct {
		Span
		Raw, Text string
		Glob      bool
	}
	// Phrase is a text in double quotes, where * and ? are literal.
	Phrase struct {
		Span
		Raw, Text string
	}
	// Compare is >=500.
	Compare struct {
		Span
		Op string
		X  *Term
	}
	// Range is [1 TO 5], or with { and } without its ends. Low and High are *Term or *Phrase.
	Range struct {
		Span
		LowIncluded, HighIncluded bool
		Low, High                 SearchNode
	}
	// SearchVariable is a dashboard's template variable: $env or $env.value.
	SearchVariable struct {
		Span
		Name  string
		Value bool
	}
	// SearchCall is a function: CIDR(@network.ip, 10.0.0.0/8).
	SearchCall struct {
		Span
		Name *Ident
		Args []*Term
	}
)

func (*SearchLogic) search()    {}
func (*SearchNot) search()      {}
func (*SearchGroup) search()    {}
func (*SearchField) search()    {}
func (*Term) search()           {}
func (*Phrase) search()         {}
func (*Compare) search()        {}
func (*Range) search()          {}
func (*SearchVariable) search() {}
func (*SearchCall) search()     {}

// FieldKind tells where a field's value is looked up.
type FieldKind int

// The kinds of field.
const (
	// FieldTag is a tag's key.
	FieldTag FieldKind = iota
	// FieldReserved is one of host, source, status, service, trace_id, message, timestamp and tags.
	FieldReserved
	// FieldAttribute is @name.
	FieldAttribute
	// FieldCalculated is #name.
	FieldCalculated
	// FieldAll is *, every attribute.
	FieldAll
)

var reservedFields = [...]string{"host", "source", "status", "service", "trace_id", "message", "timestamp", "tags"}

func newField(span Span, raw string) *Field {
	f := &Field{Span: span, Raw: raw, Name: unescape(raw)}
	switch {
	case raw == "*":
		f.Kind = FieldAll
	case raw[0] == '@':
		f.Kind, f.Name = FieldAttribute, f.Name[1:]
	case raw[0] == '#':
		f.Kind, f.Name = FieldCalculated, f.Name[1:]
	}
	for _, name := range reservedFields {
		if raw == name {
			f.Kind = FieldReserved
		}
	}
	return f
}

// unescape takes away the backslashes of a search's word.
func unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			i++
		}
		b.WriteByte(raw[i])
	}
	return b.String()
}

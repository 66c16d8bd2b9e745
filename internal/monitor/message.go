package monitor

import (
	"strings"

	"ddmon/internal/ddquery"
)

// Message is a notification message with the conditions around its parts.
type Message struct {
	Template *ddquery.Template
	// Branches are the insides of all blocks, and of their elses, an outer one before those in it. Recipients are all
	// handles. Both are in the order of the text.
	Branches   []*Branch
	Recipients []Recipient
}

// Branch is the inside of a block or, if Else, of what is behind its {{else}}.
type Branch struct {
	Block *ddquery.TemplateBlock
	Else  bool
	// In is the branch around the block; nil at the top.
	In *Branch
	// When are the events at which the branch may be shown, if a message is sent for them.
	When Events
	// Notifies says that a handle is in the branch, or in a block in it.
	Notifies bool
}

// Recipient is a handle of a message, and the branch that it is in; nil at the top.
type Recipient struct {
	*ddquery.Handle
	In *Branch
}

// ReadMessage parses a message. What is wrong with it is not reported.
func ReadMessage(text string) *Message {
	template, _ := ddquery.ParseTemplate(text)
	m := &Message{Template: template}
	m.read(template.Nodes, nil)
	return m
}

func (m *Message) read(nodes []ddquery.TemplateNode, in *Branch) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *ddquery.Handle:
			m.Recipients = append(m.Recipients, Recipient{n, in})
			for b := in; b != nil; b = b.In {
				b.Notifies = true
			}
		case *ddquery.TemplateBlock:
			yes, sure := When(n.Name.Name)
			no := Always
			if sure {
				no &^= yes
			}
			if n.Negated {
				yes, no = no, yes
			}
			m.branch(n.Body, &Branch{Block: n, In: in, When: in.when() & yes})
			if n.ElseTag != "" {
				m.branch(n.Else, &Branch{Block: n, Else: true, In: in, When: in.when() & no})
			}
		}
	}
}

func (m *Message) branch(nodes []ddquery.TemplateNode, b *Branch) {
	m.Branches = append(m.Branches, b)
	m.read(nodes, b)
}

// when also knows the top, which every event shows.
func (b *Branch) when() Events {
	if b == nil {
		return Always
	}
	return b.When
}

// Shown reports whether the branch may be shown at an event.
func (b *Branch) Shown(e Event, facts Facts) bool {
	for ; b != nil; b = b.In {
		body, otherwise := Shown(b.Block, e, facts)
		if b.Else && !otherwise || !b.Else && !body {
			return false
		}
	}
	return true
}

// Never returns the outermost branches that none of the events shows.
func (m *Message) Never(sent Events) []*Branch {
	var found []*Branch
	for _, b := range m.Branches {
		if sent&b.When == 0 && sent&b.In.when() != 0 {
			found = append(found, b)
		}
	}
	return found
}

// Notified returns the events at which a recipient may be notified, of those at which the message is sent.
func (m *Message) Notified(sent Events) (set Events) {
	for _, r := range m.Recipients {
		set |= sent & r.When()
	}
	return set
}

// When are the events at which the recipient may be notified, if a message is sent for them.
func (r Recipient) When() Events { return r.In.when() }

// Handles are those that may be notified at an event, in the order of the text.
func (m *Message) Handles(e Event, facts Facts) []string {
	var list []string
	for _, r := range m.Recipients {
		if r.In.Shown(e, facts) {
			list = append(list, r.Raw)
		}
	}
	return list
}

// Handles returns all handles in some texts, each once, in the order of the texts.
func Handles(texts ...string) []string {
	var list []string
	seen := map[string]bool{}
	for _, text := range texts {
		if !strings.Contains(text, "@") {
			continue
		}
		template, _ := ddquery.ParseTemplate(text)
		for _, h := range template.Handles() {
			if !seen[h.Raw] {
				seen[h.Raw] = true
				list = append(list, h.Raw)
			}
		}
	}
	return list
}

package monitor

import (
	"strings"

	"ddmon/internal/ddquery"
)

// Message is a notification message with its recipients and the conditions of its blocks.
type Message struct {
	Template *ddquery.Template
	// Branches are the branches of all blocks, outer branches first. Recipients are all handles. Both are in source
	// order.
	Branches   []*Branch
	Recipients []Recipient
}

// Branch is the body of a block or, if Else is true, its else branch.
type Branch struct {
	Block *ddquery.TemplateBlock
	Else  bool
	// Parent is the branch that contains the block, nil at the top level.
	Parent *Branch
	// When are the events that can render the branch, if a message is sent for them.
	When Events
	// Notifies reports whether the branch or a nested block contains a handle.
	Notifies bool
}

// Recipient is a handle of a message, and the branch that contains it, nil at the top level.
type Recipient struct {
	*ddquery.Handle
	Branch *Branch
}

// ParseMessage parses a message. It ignores syntax errors.
func ParseMessage(text string) *Message {
	template, _ := ddquery.ParseTemplate(text)
	m := &Message{Template: template}
	m.read(template.Nodes, nil)
	return m
}

func (m *Message) read(nodes []ddquery.TemplateNode, parent *Branch) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *ddquery.Handle:
			m.Recipients = append(m.Recipients, Recipient{n, parent})
			for b := parent; b != nil; b = b.Parent {
				b.Notifies = true
			}
		case *ddquery.TemplateBlock:
			body, certain := When(n.Name.Name)
			otherwise := AllEvents
			if certain {
				otherwise &^= body
			}
			if n.Negated {
				body, otherwise = otherwise, body
			}
			m.branch(n.Body, &Branch{Block: n, Parent: parent, When: parent.when() & body})
			if n.ElseTag != "" {
				m.branch(n.Else, &Branch{Block: n, Else: true, Parent: parent, When: parent.when() & otherwise})
			}
		}
	}
}

func (m *Message) branch(nodes []ddquery.TemplateNode, b *Branch) {
	m.Branches = append(m.Branches, b)
	m.read(nodes, b)
}

// when returns When, or all events for the top level.
func (b *Branch) when() Events {
	if b == nil {
		return AllEvents
	}
	return b.When
}

// Shown reports whether an event can render the branch.
func (b *Branch) Shown(e Event, data TemplateData) bool {
	for ; b != nil; b = b.Parent {
		body, elseBranch := Shown(b.Block, e, data)
		if b.Else && !elseBranch || !b.Else && !body {
			return false
		}
	}
	return true
}

// NeverShown returns the outermost branches that none of the events can render.
func (m *Message) NeverShown(sent Events) []*Branch {
	var found []*Branch
	for _, b := range m.Branches {
		if sent&b.When == 0 && sent&b.Parent.when() != 0 {
			found = append(found, b)
		}
	}
	return found
}

// Notified returns the events in sent that can notify a recipient.
func (m *Message) Notified(sent Events) (set Events) {
	for _, r := range m.Recipients {
		set |= sent & r.When()
	}
	return set
}

// When returns the events that can notify the recipient, if a message is sent for them.
func (r Recipient) When() Events { return r.Branch.when() }

// Handles returns the handles that an event can notify, in source order.
func (m *Message) Handles(e Event, data TemplateData) []string {
	var list []string
	for _, r := range m.Recipients {
		if r.Branch.Shown(e, data) {
			list = append(list, r.Raw)
		}
	}
	return list
}

// Handles returns all handles in the messages, without duplicates, in source order.
func Handles(messages ...string) []string {
	var list []string
	seen := map[string]bool{}
	for _, message := range messages {
		if !strings.Contains(message, "@") {
			continue
		}
		template, _ := ddquery.ParseTemplate(message)
		for _, h := range template.Handles() {
			if !seen[h.Raw] {
				seen[h.Raw] = true
				list = append(list, h.Raw)
			}
		}
	}
	return list
}

package lint

import "ddmon/internal/ddquery"

// events is a set of the moments at which a monitor may send its message.
type events uint16

const (
	onAlert events = 1 << iota
	onWarning
	onAlertToWarning
	onRecovery
	onWarningRecovery
	onNoData
	onNoDataRecovery
	onUnknown
	onRenotifyAlert
	onRenotifyWarning
	onRenotifyNoData
	always events = 1<<iota - 1
)

const (
	renotifications = onRenotifyAlert | onRenotifyWarning | onRenotifyNoData
	recoveries      = onRecovery | onWarningRecovery | onNoDataRecovery
	warnings        = onWarning | onAlertToWarning | onWarningRecovery | onRenotifyWarning
	noData          = onNoData | onNoDataRecovery | onRenotifyNoData
)

// possible returns when a monitor may send its message at all.
func (m *monitor) possible() events {
	set := onAlert | onRecovery | renotifications
	o := &m.view.Options
	switch {
	case o.Thresholds.Warning != nil, m.view.Type == "composite", m.view.Type == "service check", o.Thresholds.Dynamic:
		set |= warnings
	default:
		set &^= warnings
	}
	switch {
	case m.notifiesNoData():
		set |= noData
	case o.OnMissingData == "show_no_data":
		set = set&^noData | onNoDataRecovery
	default:
		set &^= noData
	}
	if m.view.Type == "service check" {
		set |= onUnknown
	}
	if o.RenotifyInterval == nil || *o.RenotifyInterval == 0 {
		set &^= renotifications
	}
	return set
}

// when returns when a block's condition holds; sure is false where it depends on more than the event.
func when(condition string) (set events, sure bool) {
	switch condition {
	case "is_alert":
		return onAlert | onRenotifyAlert, true
	case "is_warning":
		return onWarning | onAlertToWarning | onRenotifyWarning, true
	case "is_alert_to_warning":
		return onAlertToWarning, true
	case "is_recovery":
		return recoveries, true
	case "is_alert_recovery":
		return onRecovery, true
	case "is_warning_recovery":
		return onWarningRecovery, true
	case "is_no_data":
		return onNoData | onRenotifyNoData, true
	case "is_no_data_recovery":
		return onNoDataRecovery, true
	case "is_unknown":
		return onUnknown, true
	case "is_renotify":
		return renotifications, true
	}
	return always, false
}

// branch is the inside of a block or of its else.
type branch struct {
	block *ddquery.TemplateBlock
	// set is when it is shown, outer when the block is looked at at all.
	set, outer events
	nodes      []ddquery.TemplateNode
}

// reach is who hears of what.
type reach struct {
	// any says that the message names someone, told when someone is told.
	any      bool
	told     events
	branches []*branch
	// alerted is the first handle of the message that an alert is told to.
	alerted *ddquery.Handle
}

// reach reads off the message and the escalation message when whom they name are told.
func (m *monitor) reach() *reach {
	r := &reach{}
	possible := m.possible()
	message := possible
	if m.view.Options.EscalationMessage != "" {
		message &^= renotifications // the escalation message stands in for it
	}
	r.nodes(m.message.Nodes, message)
	r.nodes(m.escalation.Nodes, possible&renotifications)
	return r
}

func (r *reach) nodes(nodes []ddquery.TemplateNode, set events) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *ddquery.Handle:
			r.any = true
			r.told |= set
			if r.alerted == nil && set&onAlert != 0 {
				r.alerted = n
			}
		case *ddquery.TemplateBlock:
			yes, sure := when(n.Name.Name)
			no := always
			if sure {
				no = always &^ yes
			}
			if n.Negated {
				yes, no = no, yes
			}
			r.branch(n, n.Body, set&yes, set)
			if n.ElseTag != "" {
				r.branch(n, n.Else, set&no, set)
			}
		}
	}
}

func (r *reach) branch(b *ddquery.TemplateBlock, nodes []ddquery.TemplateNode, set, outer events) {
	r.branches = append(r.branches, &branch{b, set, outer, nodes})
	r.nodes(nodes, set)
}

// never returns the outermost branches that are never shown.
func (r *reach) never() []*branch {
	var found []*branch
	for _, b := range r.branches {
		if b.set == 0 && b.outer != 0 {
			found = append(found, b)
		}
	}
	return found
}

// someone reports whether a branch, or a block in it, names someone.
func (b *branch) someone() bool {
	found := false
	for _, n := range b.nodes {
		ddquery.Walk(n, func(n ddquery.Node) bool {
			_, is := n.(*ddquery.Handle)
			found = found || is
			return !found
		})
	}
	return found
}

// isDraft reports whether the monitor is a draft, which notifies no one.
func (m *monitor) isDraft() bool { return m.body["draft_status"] == "draft" }

package replay

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// combine returns the status of a composite's expression from the statuses of its members. Alert, Warn and No Data are
// true. && returns the least severe status, || the most severe.
func combine(x ddquery.Bool, status func(id string) Status) Status {
	switch x := x.(type) {
	case *ddquery.MonitorID:
		return status(x.ID)
	case *ddquery.BoolGroup:
		return combine(x.X, status)
	case *ddquery.BoolNot:
		switch s := combine(x.X, status); s {
		case NoData:
			return NoData
		case Alert, Warn:
			return OK
		default:
			return Alert
		}
	case *ddquery.BoolLogic:
		least, most := Alert, OK
		for _, t := range x.Terms {
			s := combine(t, status)
			least, most = min(least, s), max(most, s)
		}
		if x.Op == "||" {
			return most
		}
		if least.IsTrue() {
			return least
		}
	}
	return OK
}

// composite is a composite monitor over the runs of its members.
type composite struct {
	query   *ddquery.CompositeQuery
	members []*outcome
	// at is the index of the member with an id.
	at map[string]int
	// notify means that No Data notifies. Unless the composite and the members without data notify on No Data, the last
	// known status stays.
	notify bool
	groups []commonGroup
	// parts is the number of parts of the query.
	account *evaluate.Account
	parts   int
}

// commonGroup is a group that all members have. in has its index in each member.
type commonGroup struct {
	tags evaluate.Tags
	in   []int
}

// maxMembers is the maximum number of monitors in a composite.
const maxMembers = 10

// memberIDs returns the addresses and ids of the monitors in composites.
func memberIDs(monitors []Monitor) map[string]bool {
	ids := map[string]bool{}
	for i := range monitors {
		if !isComposite(monitors[i]) {
			continue
		}
		text, refs := queryText(monitors[i].Body["query"])
		q, err := ddquery.ParseMonitor("composite", text)
		if err != nil {
			continue
		}
		if root, ok := q.Root.(*ddquery.CompositeQuery); ok {
			for _, id := range root.IDs() {
				ids[cmp.Or(refs[id.ID], id.ID)] = true
			}
		}
	}
	return ids
}

// newComposite finds the members of a composite. find returns a monitor by address or id.
func newComposite(m Monitor, find func(address, id string) (*outcome, bool), a *evaluate.Account) (*composite, error) {
	text, refs := queryText(m.Body["query"])
	q, err := ddquery.ParseMonitor("composite", text)
	if err != nil {
		return nil, evaluate.NotEvaluated("invalid query: " + err.Error())
	}
	root, ok := q.Root.(*ddquery.CompositeQuery)
	if !ok {
		return nil, evaluate.NotEvaluated("the query is not a composite query")
	}
	c := &composite{query: root, at: map[string]int{}, notify: monitor.FromBody(m.Body).Options.NotifiesNoData(), account: a, parts: evaluate.SizeOf(root)}
	for _, id := range root.IDs() {
		if _, ok := c.at[id.ID]; ok {
			continue
		}
		member, ok := find(refs[id.ID], id.ID)
		name := refs[id.ID]
		if name == "" {
			name = id.ID
		}
		switch {
		case !ok:
			return nil, evaluate.NotEvaluated("its member " + name + " was not found")
		case member.compiled == nil:
			reason := strings.TrimPrefix(member.result.Reason, "not evaluated: ")
			if member.redaction.reason {
				reason = reasonHidden
			}
			return nil, evaluate.NotEvaluated("its member " + name + " is not evaluated: " + reason)
		}
		if len(c.members) == maxMembers {
			return nil, evaluate.NotEvaluated(fmt.Sprintf("it has more than %d members, which Datadog does not accept", maxMembers))
		}
		c.at[id.ID] = len(c.members)
		c.members = append(c.members, member)
	}
	c.groups = c.common()
	return c, nil
}

// refPrefix is the prefix of placeholder ids for references. Datadog has no ids like these.
const refPrefix = "99999999999999999"

// queryText returns a composite's query with a placeholder id for each reference, and the address of each placeholder.
func queryText(query any) (text string, refs map[string]string) {
	refs = map[string]string{}
	parts, ok := query.(object.Text)
	if !ok {
		text, _ = query.(string)
		return text, refs
	}
	var b strings.Builder
	ids := map[string]string{}
	for _, p := range parts {
		if p.Ref == nil {
			b.WriteString(p.Literal)
			continue
		}
		address := p.Ref.String()
		id, ok := ids[address]
		if !ok {
			id = refPrefix + strconv.Itoa(len(ids)+1)
			ids[address], refs[id] = id, address
		}
		b.WriteString(id)
	}
	return b.String(), refs
}

// common finds the groups that all members have. A simple alert matches every group. Otherwise the groups are those of
// the member with the most group keys, and every other member must have a group whose tag values are a subset,
// regardless of the keys.
func (c *composite) common() []commonGroup {
	finest := -1
	for i, m := range c.members {
		if m.multi() && (finest < 0 || m.width() > c.members[finest].width()) {
			finest = i
		}
	}
	if finest < 0 {
		return []commonGroup{{tags: evaluate.Tags{}, in: make([]int, len(c.members))}}
	}
	var groups []commonGroup
	for i, t := range c.members[finest].primary().tracks {
		c.account.Keep(len(c.members), 8)
		g := commonGroup{tags: t.tags, in: make([]int, len(c.members))}
		matched := true
		for k, m := range c.members {
			switch {
			case k == finest:
				g.in[k] = i
			case m.multi():
				c.account.Spend(len(m.primary().tracks) * (1 + len(t.tags)))
				g.in[k] = m.groupWithin(t.tags)
			}
			matched = matched && g.in[k] >= 0
		}
		if matched {
			groups = append(groups, g)
		}
	}
	return groups
}

// variant is a member's run shifted to one end of its range of phases.
type variant struct {
	tracks tracks
	shift  int64
	phase  int64
}

// run evaluates the composite once a minute at a phase. Without keep, it only evaluates the minutes in which the status
// of a member changes.
func (c *composite) run(members []variant, phase, end int64, keep bool) tracks {
	c.account.Keep(len(c.groups), trackBytes)
	result := make(tracks, len(c.groups))
	for i, g := range c.groups {
		result[i] = c.group(g, members, phase, end, keep)
	}
	return result
}

func (c *composite) group(g commonGroup, members []variant, phase, end int64, keep bool) track {
	t := track{tags: g.tags, initial: OK}
	cursors := make([]int, len(members))
	statuses := make([]Status, len(members))
	for k, v := range members {
		member := &v.tracks[g.in[k]]
		statuses[k] = member.initial
		t.start = max(t.start, member.start+v.shift)
		if member.initial == Gone {
			t.initial = Gone
		}
	}
	tick := func(at int64) int64 {
		return evaluate.FloorDiv(at-phase+evaluate.Minute-1, evaluate.Minute)*evaluate.Minute + phase
	}
	status := t.initial
	for now := tick(t.start); now <= end; {
		c.account.Spend(tickSteps + c.parts + 2*len(members))
		for k, v := range members {
			changes := v.tracks[g.in[k]].changes
			for ; cursors[k] < len(changes) && changes[cursors[k]].at+v.shift <= now; cursors[k]++ {
				statuses[k] = changes[cursors[k]].to
			}
		}
		next := c.status(statuses, status)
		if next != status {
			c.account.Keep(1, changeBytes)
			t.changes = append(t.changes, statusChange{now, status, next, math.NaN()})
			status = next
		}
		if keep {
			c.account.Keep(1, pointBytes)
			t.points = append(t.points, point{now, math.NaN(), status})
			now += evaluate.Minute
			continue
		}
		at := int64(evaluate.Never)
		for k, v := range members {
			if changes := v.tracks[g.in[k]].changes; cursors[k] < len(changes) {
				at = min(at, changes[cursors[k]].at+v.shift)
			}
		}
		if at == evaluate.Never {
			break
		}
		now = tick(at)
	}
	return t
}

// status returns the composite's status from its previous status and the statuses of its members.
func (c *composite) status(members []Status, before Status) Status {
	if slices.Contains(members, Gone) {
		return Gone
	}
	result := combine(c.query.X, func(id string) Status { return members[c.at[id]] })
	if result != NoData {
		return result
	}
	for k, s := range members {
		if s == NoData && !c.members[k].compiled.missingData.notify {
			return max(before, OK)
		}
	}
	if !c.notify {
		return max(before, OK)
	}
	return NoData
}

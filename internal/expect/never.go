package expect

import (
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/replay"
)

// never asks for the states that nothing may reach, in any second.
func (j *judge) never() {
	for _, name := range j.Never {
		status := statusOf(name)
		var has []course
		for _, g := range j.groups {
			if g.Initial == status || g.reaches(status, j.start(), false).possible() {
				has = append(has, g)
			}
		}
		if len(has) > 0 {
			j.fail("never", has[:1], "never "+name, j.story(has[0])+others(len(has)-1))
		}
	}
}

// silent asks that nobody is told. What only seconds other than the primary one see is not in the notifications, but
// would be told if it is of a kind that is.
func (j *judge) silent() {
	if !j.Silent {
		return
	}
	told := j.sent()
	for _, n := range told {
		if len(n.Handles) > 0 {
			more := ""
			if count := heard(told); count > 1 {
				more = ", the first of " + number(float64(count)) + " messages"
			}
			j.fail("silent", j.courses(n), "nobody is told anything", strings.Join(n.Handles, ", ")+" at "+j.show(n.At)+" ("+string(n.Kind)+")"+more)
			return
		}
	}
	if !j.mentions() {
		return
	}
	for _, g := range j.groups {
		for _, t := range g.Elsewhere {
			if t.To == replay.Alert || t.To == replay.Warn || t.To == replay.NoData && j.tellsNoData() {
				j.fail("silent", []course{g}, "nobody is told anything", j.turn(t))
				return
			}
		}
	}
}

// heard counts the notifications that reach anybody.
func heard(list []replay.Notification) int {
	count := 0
	for _, n := range list {
		if len(n.Handles) > 0 {
			count++
		}
	}
	return count
}

// mentions reports whether the monitor's message has a handle at all.
func (j *judge) mentions() bool {
	m := j.body()
	return m == nil || len(monitor.Handles(m.Message)) > 0
}

// tellsNoData reports whether the monitor notifies of missing data.
func (j *judge) tellsNoData() bool {
	m := j.body()
	return m == nil || m.Options.NotifiesNoData()
}

// body is the monitor as the stack has it; nil if it has none.
func (j *judge) body() *monitor.Monitor {
	o := j.object(j.address)
	if o == nil {
		return nil
	}
	return monitor.FromBody(o.Body)
}

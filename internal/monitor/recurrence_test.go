package monitor

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// between returns the times of a rule as text, up to the end of a day.
func between(t *testing.T, s Schedule, from, to string) string {
	t.Helper()
	r, err := s.Recurrence()
	if err != nil {
		return err.Error()
	}
	var list []string
	for _, at := range r.Between(day(t, from), day(t, to)) {
		list = append(list, at.UTC().Format("2006-01-02T15:04"))
	}
	return strings.Join(list, " ")
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestRecurrence: the rules of Datadog's documentation on custom schedules and of recorded monitors, and the parts that
// RFC 5545 defines.
func TestRecurrence(t *testing.T) {
	const start = "2025-01-01T20:00:00" // a Wednesday
	for _, c := range []struct{ rule, zone, from, to, want string }{
		{"FREQ=DAILY;INTERVAL=1", "America/Los_Angeles", "2025-03-08", "2025-03-11", "2025-03-08T04:00 2025-03-09T04:00 2025-03-10T03:00"},
		{"FREQ=DAILY;INTERVAL=3", "", "2025-02-01", "2025-02-08", "2025-02-03T20:00 2025-02-06T20:00"},
		{"FREQ=DAILY", "", "2024-12-25", "2025-01-02", "2025-01-01T20:00"},
		{"FREQ=WEEKLY;BYDAY=TU,SA", "", "2025-01-01", "2025-01-12", "2025-01-04T20:00 2025-01-07T20:00 2025-01-11T20:00"},
		{"FREQ=WEEKLY;INTERVAL=2", "", "2025-01-01", "2025-02-01", "2025-01-01T20:00 2025-01-15T20:00 2025-01-29T20:00"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU;WKST=SU", "", "2025-01-01", "2025-01-20", "2025-01-01T20:00 2025-01-12T20:00 2025-01-15T20:00"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU", "", "2025-01-01", "2025-01-20", "2025-01-01T20:00 2025-01-05T20:00 2025-01-15T20:00 2025-01-19T20:00"},
		{"FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "", "2025-01-01", "2025-04-01", "2025-01-31T20:00 2025-02-28T20:00 2025-03-31T20:00"},
		{"FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", "", "2025-01-01", "2025-04-01", "2025-01-05T20:00 2025-01-26T20:00 2025-03-02T20:00 2025-03-30T20:00"},
		{"FREQ=MONTHLY", "", "2025-01-01", "2025-03-01", "2025-01-01T20:00 2025-02-01T20:00"},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "", "2025-02-01", "2025-03-02", "2025-02-03T20:00 2025-02-28T20:00"},
		{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "", "2025-01-01", "2026-01-01", "2025-06-13T20:00"},
		{"FREQ=MONTHLY;BYMONTHDAY=-1;BYMONTH=2,4", "", "2025-01-01", "2026-01-01", "2025-02-28T20:00 2025-04-30T20:00"},
		{"FREQ=YEARLY;BYMONTH=6;BYDAY=-1MO", "", "2025-01-01", "2027-01-01", "2025-06-30T20:00 2026-06-29T20:00"},
		{"FREQ=YEARLY", "", "2025-01-01", "2027-01-02", "2025-01-01T20:00 2026-01-01T20:00 2027-01-01T20:00"},
		{"FREQ=DAILY;COUNT=3", "", "2025-01-02", "2025-02-01", "2025-01-02T20:00 2025-01-03T20:00"},
		{"FREQ=DAILY;UNTIL=20250103", "", "2025-01-02", "2025-02-01", "2025-01-02T20:00 2025-01-03T20:00"},
		{"FREQ=DAILY;UNTIL=20250103T195959Z", "", "2025-01-02", "2025-02-01", "2025-01-02T20:00"},
		{"FREQ=DAILY;BYHOUR=8;BYMINUTE=30", "", "2025-01-01", "2025-01-03", "2025-01-02T08:30"},
		{"FREQ=HOURLY", "", "2025-01-01", "2025-01-03", "the custom schedule is more frequent than daily, which Datadog does not accept"},
		{"FREQ=DAILY;BYHOUR=8,20", "", "2025-01-01", "2025-01-03", "invalid BYHOUR=8,20 in the custom schedule"},
		{"FREQ=DAILY;BYYEARDAY=1", "", "2025-01-01", "2025-01-03", "BYYEARDAY in the custom schedule is not supported"},
		{"FREQ=DAILY;DTSTART=20250101", "", "2025-01-01", "2025-01-03", "DTSTART in the custom schedule is not supported"},
		{"FREQ=WEEKLY;BYDAY=1MO", "", "2025-01-01", "2025-01-03", "BYDAY with a number is supported only in a monthly custom schedule"},
		{"FREQ=WEEKLY;BYMONTHDAY=1", "", "2025-01-01", "2025-01-03", "BYMONTHDAY in a weekly custom schedule is not supported"},
		{"FREQ=DAILY;INTERVAL=0", "", "2025-01-01", "2025-01-03", "invalid INTERVAL=0 in the custom schedule"},
		{"FREQ=DAILY;BYDAY=XX", "", "2025-01-01", "2025-01-03", "invalid BYDAY=XX in the custom schedule"},
		{"", "", "2025-01-01", "2025-01-03", "invalid FREQ= in the custom schedule"},
		{"FREQ=DAILY", "Nowhere/City", "2025-01-01", "2025-01-03", "unknown time zone Nowhere/City"},
	} {
		if got := between(t, Schedule{c.rule, start, c.zone}, c.from, c.to); got != c.want {
			t.Errorf("%s %s from %s: %s, want %s", c.rule, c.zone, c.from, got, c.want)
		}
	}
	if got := between(t, Schedule{"FREQ=DAILY", "", ""}, "2025-01-01", "2025-01-02"); got != "the custom schedule has no start, so its time of day is not known" {
		t.Error(got)
	}
}

// TestRecurrenceStart: where the search for times starts does not change them.
func TestRecurrenceStart(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		freq := []string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}[random.IntN(4)]
		rule := fmt.Sprintf("FREQ=%s;INTERVAL=%d", freq, 1+random.IntN(5))
		switch random.IntN(4) {
		case 0:
			rule += ";BYDAY=MO,SU;WKST=" + []string{"MO", "SU", "TH"}[random.IntN(3)]
		case 1:
			rule += ";BYMONTH=2,7,12"
		}
		s := Schedule{Rule: rule, Start: fmt.Sprintf("20%02d-%02d-%02dT23:30:00", random.IntN(20), 1+random.IntN(12), 1+random.IntN(31))}
		r, err := s.Recurrence()
		if err != nil {
			continue // 31 February
		}
		end := day(t, "2025-01-01")
		all := r.Between(r.start, end)
		for range 5 {
			from := r.start.AddDate(0, 0, random.IntN(8000))
			var want []time.Time
			for _, at := range all {
				if !at.Before(from) {
					want = append(want, at)
				}
			}
			if got := r.Between(from, end); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%+v from %s: %v, want %v", s, from, got, want)
			}
		}
	}
}

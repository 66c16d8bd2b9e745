package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest/shop"
	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/series"
)

// section replays the sock shop's monitors over a recording.
func section(t testing.TB, name string) report.Section {
	t.Helper()
	rec, monitors := shop.Recording(t, name), shop.Monitors(t)
	result, err := replay.Run(monitors, rec, replay.Options{Values: true})
	if err != nil {
		t.Fatal(err)
	}
	return report.Section{Name: name, Passed: true, Recording: rec, Result: result, Monitors: monitors, Inputs: inputs(rec, monitors)}
}

// inputs are the series that the sock shop's monitors read: the replicas of queue-master and the queue shipping-task.
func inputs(rec *series.Recording, monitors []replay.Monitor) map[string]report.Input {
	all := map[string]report.Input{}
	for _, m := range monitors {
		query, _ := m.Body["query"].(string)
		in := report.Input{}
		for _, s := range rec.Series {
			if strings.Contains(query, s.Metric+"{") && (slices.Contains(s.Tags, "kube_deployment:queue-master") || slices.Contains(s.Tags, "queue:shipping-task")) {
				in.Series = append(in.Series, s)
			}
		}
		all[m.Address] = in
	}
	return all
}

// write returns the page.
func write(t testing.TB, page report.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, page); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

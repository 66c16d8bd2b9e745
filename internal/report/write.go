package report

import (
	"bytes"
	"fmt"
	"io"

	"ddmon/internal/render/safe"
	"ddmon/internal/series"
)

// Write writes a page. It fails if a section lacks its recording or its result, or if w fails.
func Write(w io.Writer, page Page) error {
	model, err := newModel(page)
	if err != nil {
		return err
	}
	// Write only complete pages: a partial page would look like a short report.
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, model); err != nil {
		return fmt.Errorf("HTML report: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// newModel builds the data of the template.
func newModel(page Page) (*model, error) {
	m := &model{Title: shown(page.Title, maxName), Generated: shown(page.Generated, maxName), Class: "passed", Assets: embedded()}
	pool := &linePool{at: map[*series.Series]int{}}
	counts := map[safe.Text]int{}
	for i := range page.Sections {
		s := &page.Sections[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		section, data := newSection(s, "s"+safe.Int(i+1), pool)
		m.Sections = append(m.Sections, section)
		m.Data.Sections = append(m.Data.Sections, data)
		counts[section.Verdict]++
	}
	m.Data.Lines = pool.lines
	var parts []safe.Text
	for _, v := range []safe.Text{"failed", "passed", "replayed"} {
		if counts[v] > 0 {
			parts = append(parts, safe.Int(counts[v])+" "+v)
		}
	}
	if counts["failed"] > 0 {
		m.Class = "failed"
	} else if counts["passed"] == 0 {
		m.Class = "replayed"
	}
	m.Summary = safe.Join(parts, ", ")
	return m, nil
}

package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/yuin/goldmark/parser"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
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
	b := builder{
		model: &model{Title: shown(page.Title, maxName), Generated: shown(page.Generated, maxName), Assets: embedded()},
		hide:  page.Hide, markdown: newMarkdownParser(), pool: &linePool{at: map[*series.Series]int{}}, at: map[replayed]int{},
	}
	if b.hide == nil {
		b.hide = func(s string) string { return s }
	}
	for i := range page.Sections {
		if err := page.Sections[i].check(); err != nil {
			return nil, err
		}
		b.add(&page.Sections[i])
	}
	b.Data.Lines = b.pool.lines
	b.summarize(page.Sections)
	return b.model, nil
}

// builder builds the model of a page.
type builder struct {
	*model
	hide func(string) string
	// markdown parses messages.
	markdown parser.Parser
	pool     *linePool
	// at has the indexes of the sections of the replays.
	at map[replayed]int
}

// replayed identifies a replay.
type replayed struct {
	recording *series.Recording
	result    *replay.Result
}

// add adds a test, and its recording if it is new.
func (b *builder) add(s *Section) {
	var section *sectionModel
	if s.Problem == "" {
		section = b.section(s)
	}
	if s.Untested {
		a := newAnswer(s, newClock(s.Recording))
		section.Answer = &a
		return
	}
	m := testModel{ID: "t" + safe.Int(len(b.Tests)+1), Name: shown(s.Name, maxName), Problem: shownLines(s.Problem, maxMessage)}
	m.Class, m.Verdict = s.verdict()
	if section != nil {
		m.Answer = newAnswer(s, newClock(s.Recording))
		m.Checks, m.ChecksLeft = checks(s.Comparisons)
		for _, w := range s.Warnings {
			m.Warnings = append(m.Warnings, shortAddress(w.Address)+": "+shown(w.Text, maxLine))
		}
		m.Section = &linkModel{ID: section.ID, Name: section.Name}
		section.Tests = append(section.Tests, linkModel{ID: m.ID, Name: m.Name, Class: m.Class})
	}
	b.Tests = append(b.Tests, m)
}

// section returns the section of a recording.
func (b *builder) section(s *Section) *sectionModel {
	key := replayed{s.Recording, s.Result}
	at, ok := b.at[key]
	if !ok {
		at = len(b.Sections)
		b.at[key] = at
		section, data := newSection(s, "r"+safe.Int(at+1), b)
		b.Sections, b.Data.Sections = append(b.Sections, section), append(b.Data.Sections, data)
	}
	return &b.Sections[at]
}

// summarize counts the results of all sections.
func (m *model) summarize(sections []Section) {
	counts := map[safe.Text]int{}
	for i := range sections {
		_, verdict := sections[i].verdict()
		counts[verdict]++
	}
	var parts []safe.Text
	for _, v := range []safe.Text{"failed", "passed", "replayed"} {
		if counts[v] > 0 {
			parts = append(parts, safe.Int(counts[v])+" "+v)
		}
	}
	m.Class, m.Summary = "passed", safe.Join(parts, ", ")
	if counts["failed"] > 0 {
		m.Class = "failed"
	} else if counts["passed"] == 0 {
		m.Class = "replayed"
	}
}

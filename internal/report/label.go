package report

import (
	"slices"
	"strings"
)

// label labels lines with the tags in which they differ.
func label(lines []line) {
	common := commonTags(lines)
	for i := range lines {
		var own []string
		for _, t := range lines[i].tags {
			if !slices.Contains(common, t) {
				own = append(own, t)
			}
		}
		if len(own) == 0 {
			own = lines[i].tags
		}
		lines[i].label = shown(strings.Join(own, ", "), maxName)
		if len(own) == 0 {
			lines[i].label = "no tags"
		}
	}
}

// commonTags are the tags that all lines share; empty for a single line.
func commonTags(lines []line) []string {
	if len(lines) < 2 {
		return nil
	}
	var common []string
	for _, t := range lines[0].tags {
		if !slices.ContainsFunc(lines[1:], func(l line) bool { return !slices.Contains(l.tags, t) }) {
			common = append(common, t)
		}
	}
	return common
}

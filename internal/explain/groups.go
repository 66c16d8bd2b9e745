package explain

// groupKeys returns the tag keys by which the monitor is grouped.
func (m *explainer) groupKeys() []string {
	keys, _ := m.view.Groups(m.query)
	return distinct(keys)
}

func distinct(keys []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, key := range keys {
		if !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	return out
}

// multiAlert says that a monitor alerts separately for each group.
func multiAlert(keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	return []string{"Multi alert: alerts separately for " + eachGroup(keys) + "."}
}

func eachGroup(keys []string) string {
	switch {
	case len(keys) == 1 && keys[0] == "*":
		return "every combination of tags"
	case len(keys) == 1:
		return "each " + keys[0]
	}
	return "each combination of " + list(keys, "and")
}

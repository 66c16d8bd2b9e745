package explain

// groupKeys are the keys that the query alerts by.
func (m *explainer) groupKeys() []string {
	keys, _ := m.query.Groups()
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

// groups says that a monitor alerts for each group.
func groups(keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	return []string{"Does so for " + eachGroup(keys) + " separately: there is one alert for each."}
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

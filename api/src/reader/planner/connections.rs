//! Connections: pages, their edges and cursors.

use super::*;

impl<'a> Planner<'a> {
    /// The shape of a connection over a level, whose page, filter and order it sets.
    pub fn connection(
        &mut self,
        level: usize,
        listing: listing::Listing,
        merged: &Merged<'a>,
    ) -> Result<Vec<(String, ConnectionNode)>, Refusal> {
        let declaration = self.levels[level].declaration;
        let type_name = crate::graph::names::connection(declaration);
        let fields = self.context.source.fields(&below(merged), &|name| name == type_name);
        let (mut count, mut rows) = (false, false);
        let mut nodes = Vec::with_capacity(fields.len());
        listing::apply(self, level, listing)?;
        for (key, merged) in fields {
            let node = match merged[0].node.name.node.as_str() {
                "nodes" => ConnectionNode::Nodes(self.rows(level, &below(&merged))),
                "edges" => ConnectionNode::Edges(self.edges(level, &merged)),
                "pageInfo" => ConnectionNode::PageInfo(self.page_info(level, &merged)),
                "totalCount" => ConnectionNode::TotalCount,
                _ => ConnectionNode::TypeName(type_name.clone()),
            };
            count |= matches!(node, ConnectionNode::TotalCount);
            rows |= !matches!(node, ConnectionNode::TotalCount | ConnectionNode::TypeName(_));
            nodes.push((key.to_owned(), node));
        }
        (self.levels[level].count, self.levels[level].rows) = (count, rows);
        Ok(nodes)
    }

    fn edges(&mut self, level: usize, merged: &Merged<'a>) -> Vec<(String, EdgeNode)> {
        let type_name = crate::graph::names::edge(self.levels[level].declaration);
        let fields = self.context.source.fields(&below(merged), &|name| name == type_name);
        let mut nodes = Vec::with_capacity(fields.len());
        for (key, merged) in fields {
            let node = match merged[0].node.name.node.as_str() {
                "node" => EdgeNode::Node(self.rows(level, &below(&merged))),
                "cursor" => {
                    self.cursor_columns(level);
                    EdgeNode::Cursor
                }
                _ => EdgeNode::TypeName(type_name.clone()),
            };
            nodes.push((key.to_owned(), node));
        }
        nodes
    }

    fn page_info(&mut self, level: usize, merged: &Merged<'a>) -> Vec<(String, PageNode)> {
        let fields = self.context.source.fields(&below(merged), &|name| name == "PageInfo");
        let nodes = fields.into_iter().map(|(key, merged)| {
            let node = match merged[0].node.name.node.as_str() {
                "hasNextPage" => PageNode::HasNext,
                "hasPreviousPage" => PageNode::HasPrevious,
                "startCursor" => PageNode::Start,
                "endCursor" => PageNode::End,
                _ => PageNode::TypeName,
            };
            (key.to_owned(), node)
        });
        let nodes: Vec<_> = nodes.collect();
        let asks = |one, other| nodes.iter().any(|(_, node)| *node == one || *node == other);
        if asks(PageNode::Start, PageNode::End) {
            self.cursor_columns(level);
        }
        if let Some(page) = &mut self.levels[level].page {
            page.peek |= asks(PageNode::HasNext, PageNode::HasPrevious);
        }
        nodes
    }

    /// Makes the level read what cursors are made of.
    fn cursor_columns(&mut self, level: usize) {
        if !self.levels[level].cursor_columns.is_empty() {
            return;
        }
        let keys = std::mem::take(&mut self.levels[level].order);
        let mut columns = Vec::with_capacity(keys.len() + 1);
        for key in &keys {
            // The key's moment is that of its place already.
            let (asked, moment) = (key.moment.clone(), key.moment.clone());
            let place = Place { level, alias: key.alias, asked, moment };
            columns.push(self.select(&place, key.sql.clone()));
        }
        columns.push(self.id_column(level));
        let level = &mut self.levels[level];
        (level.order, level.cursor_columns) = (keys, columns);
    }
}

//! The facts, and their possible values.

use std::sync::OnceLock;

/// Yes-or-no facts of the group: the third is `fixed`, the fourth `presumed no`.
pub const YES_NO: [&str; 4] = ["is alpha", "is beta", "is gamma", "is delta"];
pub const FIXED: usize = 2;
pub const PRESUMED_NO: usize = 3;
pub const HEADS: [i64; 3] = [10, 60, 150];
pub const REGIONS: [&str; 3] = ["west", "east", "south"];

/// Persons other than further leaders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Person {
    /// The person named as commander.
    Paul,
    /// Any other commander.
    Other,
    /// The person named as leader.
    Ali,
}

/// The facts of persons: `loyal` is presumed, `fit` is defined as trained and loyal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PersonFact {
    Trained,
    Loyal,
    Fit,
}

/// The facts that can be stated, missing or changed individually. The further leaders and their facts are one such
/// fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fact {
    YesNo(usize),
    Headcount,
    Region,
    Commander,
    Trained(Person),
    Loyal(Person),
    AliLeads,
    Further,
}

/// The commander.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Commander {
    NoOne,
    Paul,
    Other,
}

/// The values of all facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct World {
    pub yes_no: [bool; 4],
    /// An index into [`HEADS`].
    pub head: usize,
    /// An index into [`REGIONS`].
    pub region: usize,
    pub commander: Commander,
    pub trained: [bool; 3],
    pub loyal: [bool; 3],
    pub ali_leads: bool,
    /// The number of further leaders of each sort: bit 0 trained, bit 1 loyal.
    pub further: [u8; 4],
}

/// The largest number of further leaders: no condition distinguishes larger numbers.
const MOST_FURTHER: u8 = 5;

impl World {
    /// The world that a search starts from.
    pub const FIRST: World = World {
        yes_no: [false; 4],
        head: 0,
        region: 0,
        commander: Commander::NoOne,
        trained: [false; 3],
        loyal: [true; 3],
        ali_leads: false,
        further: [0; 4],
    };

    /// The worlds that differ from this one in at most one fact.
    pub fn turned(self, fact: Fact) -> Vec<World> {
        let both = |put: &dyn Fn(&mut World, bool)| {
            [false, true].map(|yes| {
                let mut world = self;
                put(&mut world, yes);
                world
            })
        };
        match fact {
            Fact::YesNo(at) => both(&|world, yes| world.yes_no[at] = yes).to_vec(),
            Fact::Trained(person) => both(&|world, yes| world.trained[person as usize] = yes).to_vec(),
            Fact::Loyal(person) => both(&|world, yes| world.loyal[person as usize] = yes).to_vec(),
            Fact::AliLeads => both(&|world, yes| world.ali_leads = yes).to_vec(),
            Fact::Headcount => (0..HEADS.len()).map(|head| World { head, ..self }).collect(),
            Fact::Region => (0..REGIONS.len()).map(|region| World { region, ..self }).collect(),
            Fact::Commander => [Commander::NoOne, Commander::Paul, Commander::Other]
                .map(|commander| World { commander, ..self })
                .to_vec(),
            Fact::Further => {
                further_lists().iter().map(|further| World { further: *further, ..self }).collect()
            }
        }
    }

    /// Whether a person has a fact.
    pub fn is(&self, person: Person, fact: PersonFact) -> bool {
        let (trained, loyal) = (self.trained[person as usize], self.loyal[person as usize]);
        of_sort(trained, loyal, fact)
    }

    /// The number of further leaders that have a fact.
    pub fn further(&self, fact: PersonFact) -> u8 {
        let sorts = self.further.iter().enumerate();
        sorts.filter(|(sort, _)| of_sort(sort & 1 == 1, sort & 2 == 2, fact)).map(|(_, count)| count).sum()
    }

    /// The number of further leaders.
    pub fn all_further(&self) -> u8 {
        self.further.iter().sum()
    }
}

/// All possible lists of further leaders, by the number of each sort.
fn further_lists() -> &'static [[u8; 4]] {
    static ALL: OnceLock<Vec<[u8; 4]>> = OnceLock::new();
    ALL.get_or_init(|| {
        let base = usize::from(MOST_FURTHER + 1);
        let list = |bits: usize| [0, 1, 2, 3].map(|sort| u8::try_from(bits / base.pow(sort) % base).unwrap());
        (0..base.pow(4)).map(list).filter(|list| list.iter().sum::<u8>() <= MOST_FURTHER).collect()
    })
}

fn of_sort(trained: bool, loyal: bool, fact: PersonFact) -> bool {
    match fact {
        PersonFact::Trained => trained,
        PersonFact::Loyal => loyal,
        PersonFact::Fit => trained && loyal,
    }
}

//! The facts, and how they can turn out.

use std::sync::OnceLock;

/// Yes-or-no facts of the group: the third is `fixed`, the fourth `presumed no`.
pub const SAYINGS: [&str; 4] = ["is alpha", "is beta", "is gamma", "is delta"];
pub const FIXED: usize = 2;
pub const PRESUMED_NO: usize = 3;
pub const HEADS: [i64; 3] = [10, 60, 150];
pub const REGIONS: [&str; 3] = ["west", "east", "south"];

/// People other than further leaders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Person {
    /// Named as commander.
    Paul,
    /// Whoever else commands.
    Other,
    /// Named as leader.
    Ali,
}

/// What is asked of people: `loyal` is presumed, `fit` is defined as trained and loyal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Asked {
    Trained,
    Loyal,
    Fit,
}

/// What can be stated, open, missing or changed by itself. What further leaders there are, and what they are like, is
/// one such thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fact {
    Saying(usize),
    Headcount,
    Region,
    Commander,
    Trained(Person),
    Loyal(Person),
    AliLeads,
    Further,
}

/// Who commands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Commander {
    NoOne,
    Paul,
    Other,
}

/// How everything turned out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct World {
    pub sayings: [bool; 4],
    /// A place in [`HEADS`].
    pub head: usize,
    /// A place in [`REGIONS`].
    pub region: usize,
    pub commander: Commander,
    pub trained: [bool; 3],
    pub loyal: [bool; 3],
    pub ali_leads: bool,
    /// How many further leaders there are of each sort: bit 0 trained, bit 1 loyal.
    pub further: [u8; 4],
}

/// The most further leaders: no condition tells more apart.
const MOST_FURTHER: u8 = 5;

impl World {
    /// Where a search starts.
    pub const FIRST: World = World {
        sayings: [false; 4],
        head: 0,
        region: 0,
        commander: Commander::NoOne,
        trained: [false; 3],
        loyal: [true; 3],
        ali_leads: false,
        further: [0; 4],
    };

    /// The worlds that differ from this one in a fact at most.
    pub fn turned(self, fact: Fact) -> Vec<World> {
        let both = |put: &dyn Fn(&mut World, bool)| {
            [false, true].map(|yes| {
                let mut world = self;
                put(&mut world, yes);
                world
            })
        };
        match fact {
            Fact::Saying(at) => both(&|world, yes| world.sayings[at] = yes).to_vec(),
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

    /// What is so of a person.
    pub fn is(&self, person: Person, asked: Asked) -> bool {
        let (trained, loyal) = (self.trained[person as usize], self.loyal[person as usize]);
        of_sort(trained, loyal, asked)
    }

    /// How many further leaders are so.
    pub fn further(&self, asked: Asked) -> u8 {
        let sorts = self.further.iter().enumerate();
        sorts.filter(|(sort, _)| of_sort(sort & 1 == 1, sort & 2 == 2, asked)).map(|(_, count)| count).sum()
    }

    /// How many further leaders there are.
    pub fn all_further(&self) -> u8 {
        self.further.iter().sum()
    }
}

/// All further leaders that there can be, by how many there are of each sort.
fn further_lists() -> &'static [[u8; 4]] {
    static ALL: OnceLock<Vec<[u8; 4]>> = OnceLock::new();
    ALL.get_or_init(|| {
        let base = usize::from(MOST_FURTHER + 1);
        let list = |bits: usize| [0, 1, 2, 3].map(|sort| u8::try_from(bits / base.pow(sort) % base).unwrap());
        (0..base.pow(4)).map(list).filter(|list| list.iter().sum::<u8>() <= MOST_FURTHER).collect()
    })
}

fn of_sort(trained: bool, loyal: bool, asked: Asked) -> bool {
    match asked {
        Asked::Trained => trained,
        Asked::Loyal => loyal,
        Asked::Fit => trained && loyal,
    }
}
